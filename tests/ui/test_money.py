"""The usual currency and rates, typed in the settings."""

from __future__ import annotations

from decimal import Decimal

from leaddesk.settings import read_settings
from leaddesk.ui.currencies import kept_rates
from leaddesk.ui.settings.money import MoneyPanel
from leaddesk.ui.settings.room import SettingsRoom
from tests.drivers import WindowDriver


def money(driver: WindowDriver) -> MoneyPanel:
    """The panel in front."""
    driver.trigger("settings")
    page = driver.page
    assert isinstance(page, SettingsRoom)
    return page.money


def test_a_rate_is_typed_and_kept_with_its_day(empty_window: WindowDriver) -> None:
    panel = money(empty_window)
    code, rate = panel.lines[-1]
    code.setFocus()
    empty_window.type("usd")
    rate.setFocus()
    empty_window.type("0,92")
    panel.day.setFocus()
    rates = kept_rates()
    assert (rates.base, rates.per, rates.day) == ("EUR", {"USD": Decimal("0.92")}, panel.day.day)
    assert len(panel.lines) == 2
    assert empty_window.unnamed_controls() == []
    panel.retranslate()
    assert [code.text() for code, _ in panel.lines] == ["USD", ""]
    panel._remove(0)
    assert kept_rates().per == {}


def test_what_is_no_currency_or_rate_is_marked_and_counts_for_nothing(empty_window: WindowDriver) -> None:
    panel = money(empty_window)
    code, rate = panel.lines[-1]
    code.setText("EUR")
    rate.setText("much")
    panel._keep()
    assert code.property("wrong")
    assert rate.property("wrong")
    assert read_settings().rates == ""


def test_another_usual_currency_lets_rates_of_the_former_go(empty_window: WindowDriver) -> None:
    panel = money(empty_window)
    for field, text in zip(panel.lines[-1], ("USD", "0.9"), strict=True):
        field.setText(text)
    panel._keep()
    panel.currency.setText("cny")
    panel.currency.editingFinished.emit()
    assert read_settings().currency == "CNY"
    assert kept_rates().per == {}
    panel.currency.setText("xx")
    panel.currency.editingFinished.emit()
    assert read_settings().currency == "CNY"
