<span class="sugar_field" id="{{sugarvar key='name'}}">
{if {{sugarvar key='value' stringFormat='false'}} != ''}
{math equation='100*x' x={{sugarvar key='value' stringFormat='false'}} assign='suitecrmbridge_share'}
{sugar_number_format var=$suitecrmbridge_share precision=1 assign='suitecrmbridge_share'}
{capture assign='suitecrmbridge_gap'}{ldelim}value{rdelim}{/capture}
{$APP.LBL_SUITECRMBRIDGE_DASHLET_PERCENT|default:$suitecrmbridge_gap|replace:$suitecrmbridge_gap:$suitecrmbridge_share}
{/if}
</span>
