<span class="sugar_field" id="{{sugarvar key='name'}}">
{sugar_currency_format var={{sugarvar key='value' stringFormat='false'}} currency_id='-99' currency_symbol=true}
</span>
