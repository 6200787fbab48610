"""GOV.UK components as HTML: the macros of govuk-frontend-jinja, and a form's field in their terms."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from proviso.web.fields import DayInput

Params = dict[str, Any]

# The first that fits; a widget that is not here has no GOV.UK component of its own.
WIDGETS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayInput, "date-input"),
    (forms.CheckboxSelectMultiple, "checkboxes"),  # Django derives it from the next one
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-upload"),
    (forms.PasswordInput, "password-input"),
    (forms.CheckboxInput, "checkboxes"),
    (forms.widgets.Input, "input"),
)
# Attributes that the macros take as parameters of their own, or that the design system settles by classes.
TAKEN = {"autocomplete", "class", "cols", "inputmode", "maxlength", "rows", "spellcheck"}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,  # the macros read params.a.b without asking whether there is an a
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(component: str) -> Callable[[Params], Markup]:
    module = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    return cast(Callable[[Params], Markup], getattr(module, name))


def render(component: str, params: Mapping[str, Any]) -> Markup:
    """A component's HTML; texts in `params` are escaped, except those given as `html`."""
    return _macro(component)(_plain(params))


def _plain(value: Any) -> Any:
    # Jinja would test a lazy translation for truth and print None; it knows neither as Django does.
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def field(bound: BoundField, *, heading: bool = False, hints: Mapping[str, str] | None = None) -> Markup:
    """A form's field with its label, hint and error; as `heading` its label is the page's title."""
    component = next((name for kind, name in WIDGETS if isinstance(bound.field.widget, kind)), None)
    if component is None:
        raise TypeError(f"{bound.name}: no GOV.UK component for a {type(bound.field.widget).__name__}")
    params = _common(bound)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        params |= _lone_box(bound)
    elif component in {"radios", "checkboxes"}:
        params |= _choices(bound, heading, hints or {})
    elif component == "date-input":
        params |= _day(bound, heading)
    else:
        params |= _label(bound, component, heading)
    return render(component, params)


def _common(bound: BoundField) -> Params:
    attrs = bound.field.widget.attrs
    params: Params = {
        "name": bound.html_name,
        "hint": {"text": bound.help_text} if bound.help_text else None,
        "attributes": {name: value for name, value in attrs.items() if name not in TAKEN},
        **{name: attrs[name] for name in ("autocomplete", "inputmode", "rows", "spellcheck") if name in attrs},
    }
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0], "visuallyHiddenText": _("Error")}
    return params


def _label(bound: BoundField, component: str, heading: bool) -> Params:
    classes = "govuk-label--l" if heading else "govuk-label--s"
    params: Params = {
        "id": bound.auto_id,
        "label": {"text": bound.label, "classes": classes, "isPageHeading": heading},
    }
    value = bound.value()
    if component == "select":
        chosen = "" if value is None else str(value)
        params["items"] = [
            {"value": key, "text": text, "selected": str(key) == chosen} for key, text in _options(bound)
        ]
    elif component == "password-input":
        params |= {
            "showPasswordText": _("Show"),
            "hidePasswordText": _("Hide"),
            "showPasswordAriaLabelText": _("Show password"),
            "hidePasswordAriaLabelText": _("Hide password"),
            "passwordShownAnnouncementText": _("Your password is visible"),
            "passwordHiddenAnnouncementText": _("Your password is hidden"),
        }
    elif component != "file-upload":  # a browser lets nobody fill in a file, and a page must not echo a password
        params["value"] = "" if value is None else str(value)
    if component == "input":
        params["type"] = getattr(bound.field.widget, "input_type", "text")
        params["classes"] = _own_classes(bound)
    return params


def _own_classes(bound: BoundField) -> str | None:
    """Return classes of our own that a widget asks for."""
    return str(bound.field.widget.attrs.get("class", "")) or None


def _choices(bound: BoundField, heading: bool, hints: Mapping[str, str]) -> Params:
    value = bound.value()
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}
    return {
        "idPrefix": bound.auto_id,
        "fieldset": _legend(bound, heading),
        "items": [
            {
                "value": key,
                "text": text,
                "checked": str(key) in chosen,
                "hint": {"text": hints[str(key)]} if str(key) in hints else None,
            }
            for key, text in _options(bound)
            if key != ""  # Django's "nothing chosen", which radios say by none being pressed
        ],
    }


def _day(bound: BoundField, heading: bool) -> Params:
    value = bound.value()
    typed = value if isinstance(value, list | tuple) else bound.field.widget.decompress(value)
    error = " govuk-input--error" if bound.errors else ""
    return {
        "id": bound.auto_id,
        "fieldset": _legend(bound, heading),
        "items": [
            {
                "id": f"{bound.auto_id}-{name}",
                "name": f"{bound.html_name}_{name}",
                "label": label,
                "value": typed_part,
                "classes": f"govuk-input--width-{4 if name == 'year' else 2}{error}",
            }
            for (name, label), typed_part in zip(DayInput.PARTS, [*typed, "", "", ""], strict=False)
        ],
    }


def _legend(bound: BoundField, heading: bool) -> Params:
    classes = "govuk-fieldset__legend--l" if heading else "govuk-fieldset__legend--s"
    return {"legend": {"text": bound.label, "isPageHeading": heading, "classes": classes}}


def _lone_box(bound: BoundField) -> Params:
    return {
        "idPrefix": bound.auto_id,
        "items": [{"value": "on", "text": bound.label, "checked": bool(bound.value())}],
    }


def _options(bound: BoundField) -> list[tuple[Any, Any]]:
    widget = bound.field.widget
    return list(widget.choices) if isinstance(widget, forms.widgets.ChoiceWidget) else []


def error_summary(form: forms.BaseForm) -> Markup:
    """What is wrong with a form, each line a link to the field; nothing when all is well."""
    if not form.errors:
        return Markup("")
    lines = [
        {"text": error, "href": f"#{form[name].id_for_label or form[name].auto_id}" if name in form.fields else None}
        for name, errors in form.errors.items()
        for error in errors
    ]
    return render("error-summary", {"titleText": _("There is a problem"), "errorList": lines})
