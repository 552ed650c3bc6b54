"""Options come before the environment, and that before the defaults."""

from pathlib import Path

import pytest

from app.errors import DataFolderError, SettingError
from app.settings import Settings, default_data_folder, prepare_folders, read_settings


def test_defaults_bind_to_loopback_and_keep_data_at_home() -> None:
    settings = read_settings({"XDG_DATA_HOME": "/home/ann/share", "REHEARSAL_PROCESSES": "2"})
    assert settings == Settings(
        data=default_data_folder({"XDG_DATA_HOME": "/home/ann/share"}),
        host="127.0.0.1",
        port=8080,
        inbox_port=1025,
        processes=2,
    )


def test_an_option_wins_over_the_environment(tmp_path: Path) -> None:
    environ = {"REHEARSAL_DATA": "/elsewhere", "REHEARSAL_PORT": "9000", "REHEARSAL_HOST": "::1"}
    settings = read_settings(environ, port=9001, data=tmp_path)
    assert (settings.data, settings.port, settings.host) == (tmp_path, 9001, "::1")


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": "/x"}, Path("/x/rehearsal")),
        ("linux", {}, Path.home() / ".local/share/rehearsal"),
        ("darwin", {}, Path.home() / "Library/Application Support/Rehearsal"),
        ("win32", {"LOCALAPPDATA": "/l"}, Path("/l/Rehearsal")),
    ],
)
def test_each_platform_has_its_folder(platform: str, environ: dict[str, str], folder: Path) -> None:
    assert default_data_folder(environ, platform) == folder


def test_the_database_is_a_file_in_the_folder_unless_a_url_is_given(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).database == tmp_path
    assert Settings(data=tmp_path, database_url="postgresql://db").database == "postgresql://db"


def test_a_word_for_a_port_is_refused_by_name() -> None:
    with pytest.raises(SettingError, match="REHEARSAL_PORT is “many”"):
        read_settings({"REHEARSAL_PORT": "many"})


def test_a_folder_under_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderError, match="cannot be used: Not a directory"):
        prepare_folders(Settings(data=tmp_path / "file" / "data"))
