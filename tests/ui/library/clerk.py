"""What the clerk's page asks of the server, as calls."""

from typing import Any

from fastapi.testclient import TestClient

from tests.ui.library.documents import NAME, TEXT

Table = dict[str, Any]


def upload(client: TestClient, name: str = NAME, data: bytes = TEXT.encode()) -> Any:  # noqa: ANN401  (a response of the client)
    return client.post("/v1/library/drafts", params={"name": name}, content=data)


def draft(client: TestClient, **given: Any) -> Table:  # noqa: ANN401
    id_ = upload(client, **given).json()["draft"]
    return dict(client.get(f"/v1/library/drafts/{id_}").json())


def state(client: TestClient, seen: Table, **typed: str) -> Table:
    values = {one["key"]: one["value"] for one in seen["form"]} | typed
    response = client.put(f"/v1/library/drafts/{seen['draft']}/facts", json={"values": values, "checked": list(typed)})
    assert response.status_code == 200
    return dict(response.json())


def take_in(client: TestClient, seen: Table, **agreed: bool) -> Any:  # noqa: ANN401  (a response of the client)
    return client.post(f"/v1/library/drafts/{seen['draft']}/publish", json=agreed)


def held(client: TestClient) -> dict[str, Table]:
    return {one["id"]: one for one in client.get("/v1/library/documents").json()["documents"]}
