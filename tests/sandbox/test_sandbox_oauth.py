from suitecrm_bridge.sandbox import oauth


def test_client_credentials_give_a_bearer_token(crm):
    answer = crm.grant()
    assert answer.status_code == 200
    assert {**answer.get_json(), "access_token": "…"} == {
        "token_type": "Bearer",
        "expires_in": 3600,
        "access_token": "…",
    }


def test_a_form_is_as_good_as_json(crm):
    form = {"grant_type": "client_credentials", "client_id": oauth.CLIENT_ID}
    form["client_secret"] = oauth.CLIENT_SECRET
    assert crm.client.post("/Api/access_token", data=form).status_code == 200


def test_a_wrong_secret_is_401(crm):
    answer = crm.grant(client_secret="wrong")
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")


def test_an_unknown_client_is_500(crm):
    answer = crm.grant(client_id="nobody")
    assert answer.status_code == 500
    assert answer.get_json()["message"] == "OAuth2Clients module with id nobody is not found"


def test_a_missing_client_id_is_named_in_the_hint(crm):
    answer = crm.grant(client_id=None)
    assert (answer.status_code, answer.get_json()["hint"]) == (
        400,
        "Check the `client_id` parameter",
    )


def test_a_missing_grant_is_400(crm):
    answer = crm.grant(grant_type=None)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "unsupported_grant_type")


def test_a_client_may_use_only_its_own_grant(crm):
    answer = crm.password_grant(client_id=oauth.CLIENT_ID)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")


def test_a_password_gives_a_refresh_token_too(crm):
    assert "refresh_token" in crm.password_grant().get_json()


def test_a_wrong_password_is_500_and_repeated_in_the_error(crm):
    answer = crm.password_grant(password="nope")
    assert answer.status_code == 500
    assert answer.get_json()["message"] == "The password is invalid: nope"


def test_an_unknown_user_is_500(crm):
    answer = crm.password_grant(username="nobody")
    assert answer.get_json()["message"] == "No user found with this username: nobody"


def _refresh(crm, token):
    changes = {"grant_type": "refresh_token", "client_id": oauth.PASSWORD_CLIENT_ID}
    return crm.grant(refresh_token=token, **changes)


def test_a_refresh_token_gives_new_tokens(crm):
    first = crm.password_grant().get_json()
    second = _refresh(crm, first["refresh_token"]).get_json()
    assert second["refresh_token"] != first["refresh_token"]


def test_a_refresh_token_works_once(crm):
    token = crm.password_grant().get_json()["refresh_token"]
    _refresh(crm, token)
    answer = _refresh(crm, token)
    assert (answer.status_code, answer.get_json()["hint"]) == (401, "Token has been revoked")


def test_refreshing_ends_the_old_access_token(crm):
    first = crm.password_grant().get_json()
    _refresh(crm, first["refresh_token"])
    crm.token = first["access_token"]
    assert crm.send("GET", "V8/current-user").status_code == 401


def test_a_refresh_token_lasts_a_month(crm):
    token = crm.password_grant().get_json()["refresh_token"]
    crm.clock.advance(days=31)
    assert _refresh(crm, token).get_json()["hint"] == "Token has expired"


def test_an_invented_refresh_token_is_401(crm):
    assert _refresh(crm, "invented").get_json()["hint"] == "Cannot decrypt the refresh token"


def test_no_token_is_401(crm):
    answer = crm.send("GET", "V8/meta/modules", headers={})
    assert answer.status_code == 401
    assert answer.get_json()["hint"] == "The JWT string must have two dots"


def test_an_invented_token_is_401(crm):
    crm.token = "a.b.c"
    answer = crm.send("GET", "V8/meta/modules")
    assert answer.get_json()["hint"] == "Access token could not be verified"


def test_a_token_expires_after_its_lifetime(crm_with):
    crm = crm_with(token_lifetime=60)
    crm.clock.advance(seconds=59)
    assert crm.send("GET", "V8/current-user").status_code == 200
    crm.clock.advance(seconds=1)
    assert crm.send("GET", "V8/current-user").status_code == 401


def test_logout_revokes_the_token(crm):
    assert crm.send("POST", "V8/logout").status_code == 200
    answer = crm.send("GET", "V8/current-user")
    assert (answer.status_code, answer.get_json()["hint"]) == (401, "Access token has been revoked")


def test_the_credentials_say_that_they_are_fake():
    assert "sandbox" in oauth.CLIENT_SECRET
    assert "sandbox" in oauth.PASSWORD
