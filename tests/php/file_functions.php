<?php

// SuiteCRM's own functions that make files and folders with the rights of its configuration.

function sugar_touch(string $path): bool
{
    return touch($path) && chmod($path, $GLOBALS['sugar_config']['default_permissions']['file_mode'] ?? 0644);
}

function sugar_mkdir(string $path): bool
{
    return @mkdir($path) && chmod($path, $GLOBALS['sugar_config']['default_permissions']['dir_mode'] ?? 0755);
}
