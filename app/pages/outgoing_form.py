"""Where messages go: into the embedded inbox, or out through a mail server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from app.desk import Desk
from app.pages import parts
from app.preferences import Outgoing
from editor import widgets
from simulator.channels.errors import ChannelError
from simulator.channels.smtp_settings import SmtpSettings

SECURITY = {
    "starttls": "STARTTLS (usual on port 587)",
    "implicit": "TLS from the start (usual on port 465)",
    "plain": "None (this machine only)",
}


class OutgoingForm:
    """The choice and the mail server's address; `save` gets what is safe to use."""

    def __init__(self, desk: Desk, save: Callable[[Outgoing], None]) -> None:
        self._desk = desk
        self._save = save
        self._made: Outgoing = desk.preferences.outgoing

    def draw(self) -> None:
        """The choice, and the mail server's fields where it is chosen."""
        with parts.panel("Where messages go", "Holds for samples that you deliver from a run."):
            kind = widgets.segmented(
                {"inbox": "The inbox here", "smtp": "A mail server"},
                self._made.kind,
                on_change=lambda kind: self._take(kind=kind),
            )
            with widgets.column(gap=12) as inbox:
                widgets.muted("Messages can be read here, and reach nobody else.")
                widgets.muted(f"Other programs may send to {self._desk.inbox_address} too.")
            with widgets.column(gap=16) as server:
                widgets.banner(
                    "Messages will really reach the addresses of the people in a run.",
                    "warn",
                    symbol="warning",
                )
                self._server()
            inbox.bind_visibility_from(kind, "value", value="inbox")
            server.bind_visibility_from(kind, "value", value="smtp")
            self._said = ui.element("div")

    def _server(self) -> None:
        smtp = self._made.smtp
        with ui.element("div").classes("rp-three"):
            self._text("Mail server", "host", smtp.host)
            widgets.number_field("Port", smtp.port, on_change=self._port, bounds=(1, 65_535))
            widgets.select_field(
                "Encryption",
                SECURITY,
                smtp.security,
                on_change=lambda security: self._change(security=security),
            )
        with ui.element("div").classes("rp-two"):
            self._text("User name", "username", smtp.username)
            self._text("Password", "password", smtp.password).props("type=password")
        widgets.muted("Kept in the data folder on this machine, readable by you alone.", small=True)

    def _text(self, label: str, name: str, value: str) -> ui.input:
        return widgets.text_field(
            label, value, on_change=lambda text: self._change(**{name: (text or "").strip()})
        )

    def _port(self, port: float | None) -> None:
        if port is not None and 1 <= port <= 65_535:
            self._change(port=int(port))

    def _change(self, **values: Any) -> None:
        smtp = SmtpSettings.model_validate(self._made.smtp.to_json() | values)
        self._take(smtp=smtp)

    def _take(self, **values: Any) -> None:
        """Save what was chosen once it is safe, else say why it is not."""
        self._made = self._made.model_copy(update=values)
        self._said.clear()
        try:
            if self._made.kind == "smtp":
                self._made.smtp.check()
        except ChannelError as error:
            with self._said:
                widgets.banner(f"Not saved: {error}", "danger", symbol="error")
            return
        self._save(self._made)
