<?php

class SugarFieldFloat
{
}
