"""The same question asked by Flask and WTForms, with an encrypted draft in SQLite, under one gunicorn worker."""

import json
import os
import sqlite3
import time
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response
from wtforms import Form, HiddenField, StringField, SubmitField
from wtforms.csrf.session import SessionCSRF
from wtforms.validators import InputRequired, Length

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width"></head><body><header>Eastmere Borough Council</header><main><h1>{{ title }}</h1>
<p>Question 5 of at most 7</p><form method="post">{{ form.csrf_token }}{{ form.seen() }}<p>{{ form.home.description }}</p>
{% for error in form.home.errors %}<p>{{ error }}</p>{% endfor %}{{ form.home.label }}{{ form.home() }}{{ form.submit() }}</form></main>
<footer><a href="/">Home</a></footer></body></html>"""
FILE = Path(os.environ.get("BENCH_DRAFTS", "drafts.db"))
CIPHER = Fernet(Fernet.generate_key())
app = Flask(__name__)
app.secret_key = os.urandom(32)
TEMPLATE = app.jinja_env.from_string(PAGE)


class HomeForm(Form):
    """The address of a home, as the demonstration borough asks for it."""

    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_secret = os.urandom(32)
        csrf_time_limit = timedelta(hours=1)

    seen = HiddenField()
    home = StringField("Address", [InputRequired(), Length(max=200)], description="The house and the postcode.")
    submit = SubmitField("Continue")


def _connection() -> sqlite3.Connection:
    connection = sqlite3.connect(FILE, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS drafts (id TEXT PRIMARY KEY, sealed BLOB, changed INTEGER)")
    return connection


STORE = _connection()


def _read(draft: str) -> dict[str, str]:
    found = STORE.execute("SELECT sealed FROM drafts WHERE id = ?", (draft,)).fetchone()
    return dict(json.loads(CIPHER.decrypt(found[0]))) if found else {}


@app.route("/ask/home", methods=["GET", "POST"])
def ask_home() -> Response | str:
    """Show the question, or save its answer."""
    draft = session.setdefault("draft", os.urandom(16).hex())
    answers = _read(draft)
    form = HomeForm(request.form if request.method == "POST" else None, meta={"csrf_context": session})
    if request.method == "POST" and form.validate():
        packed = CIPHER.encrypt(json.dumps({**answers, "home": form.home.data}).encode())
        with STORE:
            STORE.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (draft, packed, int(time.time())))
        return redirect("/ask/check", 303)
    return TEMPLATE.render(form=form, title="Where should we come?")
