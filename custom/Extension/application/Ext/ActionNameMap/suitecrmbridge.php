<?php
$action_name_map['suitecrmbridge'] = 'suitecrmbridge';
