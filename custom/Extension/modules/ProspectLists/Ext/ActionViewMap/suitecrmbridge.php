<?php
$action_view_map['suitecrmbridge'] = 'suitecrmbridge';
