<?php
$action_name_map['suitecrmbridge'] = 'suitecrmbridge';
$action_name_map['suitecrmbridgetimeline'] = 'suitecrmbridgetimeline';
