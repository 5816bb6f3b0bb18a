<?php

// The class itself is in classes.php; dashlets load this file by its name in SuiteCRM.
