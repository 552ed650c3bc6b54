"""Settings: documents by name."""

from storage.database import Database
from storage.settings_store import SettingsStore


def test_a_document_comes_back_as_it_was_saved(database: Database) -> None:
    settings = SettingsStore(database)
    assert settings.load("account") is None
    written = {"rules": {"hours": 16}, "name": "Tea & 'Söhne' \x00", "list": [1, None, True]}
    settings.save("account", written)
    assert settings.load("account") == written
    assert settings.load("other") is None


def test_the_last_save_holds(database: Database) -> None:
    settings = SettingsStore(database)
    settings.save("account", {"a": 1})
    settings.save("account", {"b": 2})
    assert settings.load("account") == {"b": 2}
