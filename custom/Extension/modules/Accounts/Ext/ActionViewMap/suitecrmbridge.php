<?php
$action_view_map['suitecrmbridgetimeline'] = 'suitecrmbridgetimeline';
