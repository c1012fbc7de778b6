"""The addresses of the first run and of Settings."""

from django.urls import path

from bedside.governance.views import audit_log, channels, first_run, keys, mine, people, places, policy, rooms

urlpatterns = [
    path("first-run/", first_run.first_run, name="first_run"),
    path("governance/audit-log/", audit_log.audit_log, name="audit_log"),
    path("governance/audit-log/export/", audit_log.audit_export, name="audit_export"),
    path("settings/", rooms.rooms, name="settings"),
    path("settings/account/", mine.my_account, name="my_account"),
    path("settings/organisation/", mine.my_organisation, name="my_organisation"),
    path("settings/reading-along/", policy.reading_along, name="reading_along"),
    path("settings/locations/", places.locations, name="locations"),
    path("settings/locations/add/", places.location_add, name="location_add"),
    path("settings/locations/<int:pk>/", places.location, name="location"),
    path("settings/locations/<int:pk>/rules/", places.location_rules, name="location_rules"),
    path("settings/channels/", channels.channels, name="channels"),
    path("settings/channels/add/", channels.channel_add, name="channel_add"),
    path("settings/channels/add/<slug:platform>/", channels.channel_connect, name="channel_connect"),
    path("settings/channels/<int:pk>/", channels.channel, name="channel"),
    path("settings/channels/<int:pk>/reconnect/", channels.channel_reconnect, name="channel_reconnect"),
    path("settings/channels/<int:pk>/pause/", channels.channel_pause, name="channel_pause"),
    path("settings/channels/<int:pk>/continue/", channels.channel_continue, name="channel_continue"),
    path("settings/channels/<int:pk>/disconnect/", channels.channel_disconnect, name="channel_disconnect"),
    path("settings/api-keys/", keys.api_keys, name="api_keys"),
    path("settings/api-keys/<int:pk>/end/", keys.api_key_end, name="api_key_end"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", people.person_invite, name="person_invite"),
    path("settings/people/<int:pk>/", people.person, name="person"),
    path("settings/people/<int:pk>/link/", people.person_link, name="person_link"),
    path("settings/people/<int:pk>/close/", people.person_close, name="person_close"),
    path("settings/people/<int:pk>/open/", people.person_open, name="person_open"),
]
