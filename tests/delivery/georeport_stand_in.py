"""A stand-in for a GeoReport v2 server, written from the public specification. It is no product: it only plays one in tests."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from aiohttp import web

KEY = "key-of-eastmere"
ATTRIBUTES = [
    {
        "variable": True, "code": "WHICH", "datatype": "singlevaluelist", "required": True, "order": 1,
        "description": "Which bin?", "values": [{"key": 1, "name": "Refuse"}, {"key": 2, "name": "Garden waste"}],
    },
    {
        "variable": True, "code": "WHEN", "datatype": "string", "required": False, "order": 2,
        "description": "When?", "values": None,
    },
    {"variable": False, "code": "NOTE", "datatype": "text", "required": True, "order": 3, "description": "Be kind"},
]  # fmt: skip


@dataclass
class GeoReportStandIn:
    """Answers in XML and JSON. `tokens` answers with tokens; a number is given at the second question for one."""

    tokens: bool = False
    lists: bool = True
    lose_answers: int = 0
    reports: list[dict[str, str]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    asked: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path, _, form = request.path.removeprefix("/cases/").rpartition(".")
        self.fetched.append(f"{request.method} {path}")
        if path == "services/MB01":
            return self.said(form, {"service_code": "MB01", "attributes": ATTRIBUTES}, definition())
        if path == "requests" and request.method == "POST":
            return await self.report(request, form)
        if path == "requests":
            if not self.lists:
                return self.wrong(form, 404, "not here")
            code = request.query["service_code"]
            return self.listed(form, [one for one in self.reports if one["service_code"] == code])
        if path.startswith("requests/"):
            return self.listed(form, [one for one in self.reports if one["service_request_id"] == path[9:]])
        if path.startswith("tokens/"):
            self.asked += 1
            number = {"service_request_id": path[7:].removeprefix("t")} if self.asked > 1 else {}
            return self.listed(form, [{"token": path[7:], **number}])
        return self.wrong(form, 404, "service_code or path unknown")

    async def report(self, request: web.Request, form: str) -> web.StreamResponse:
        fields = {str(name): str(value) for name, value in (await request.post()).items()}
        if fields.pop("api_key", "") != KEY:
            return self.wrong(form, 403, "api_key is wrong")
        if not fields.get("service_code") or not {"lat", "address_string", "address_id"} & fields.keys():
            return self.wrong(form, 400, f"address of {fields.get('description')} is missing")
        number = str(len(self.reports) + 101)
        self.reports.append({**fields, "service_request_id": number, "status": "open"})
        if self.lose_answers:
            self.lose_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        found = {"token": f"t{number}"} if self.tokens else {"service_request_id": number}
        return self.listed(form, [{**found, "service_notice": ""}])

    def listed(self, form: str, found: list[dict[str, str]]) -> web.Response:
        inside = "".join(
            "<request>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in one.items() if "[" not in k) + "</request>"
            for one in found
        )
        return self.said(form, found, f"<service_requests>{inside}</service_requests>")

    def wrong(self, form: str, status: int, why: str) -> web.Response:
        xml = f"<errors><error><code>{status}</code><description>{escape(why)}</description></error></errors>"
        return self.said(form, [{"code": status, "description": why}], xml, status)

    def said(self, form: str, value: object, xml: str, status: int = 200) -> web.Response:
        if form == "json":
            return web.json_response(value, status=status)
        text = f'<?xml version="1.0" encoding="utf-8"?>{xml}'
        return web.Response(text=text, content_type="text/xml", charset="utf-8", status=status)


def definition() -> str:
    def one(attribute: dict[str, object]) -> str:
        values = attribute.get("values") or []
        assert isinstance(values, list)
        listed = "".join(f"<value><key>{v['key']}</key><name>{v['name']}</name></value>" for v in values)
        plain = "".join(
            f"<{k}>{str(v).lower() if isinstance(v, bool) else v}</{k}>" for k, v in attribute.items() if k != "values"
        )
        return f"<attribute>{plain}<values>{listed}</values></attribute>"

    inside = "".join(map(one, ATTRIBUTES))
    return (
        f"<service_definition><service_code>MB01</service_code><attributes>{inside}</attributes></service_definition>"
    )
