"""Origins of every type. Secrets are not shown."""

ORIGINS = {
    "S3": {"bucket": "b", "access_key": "AKIA", "secret_key": "shh"},
    "S3_COMPATIBLE": {"bucket": "b", "access_key": "AKIA", "secret_key": "shh", "endpoint": "https://s3.example.com"},
    "CLOUDINARY_BACKUP": {"bucket": "b", "access_key": "AKIA", "secret_key": "shh", "prefix": "p"},
    "WEB_FOLDER": {"base_url": "https://example.com/images", "forward_host_header_to_origin": True},
    "WEB_PROXY": {},
    "GCS": {"bucket": "b", "client_email": "a@example.com", "private_key": "shh"},
    "AZURE_BLOB": {"account_name": "a", "container": "c", "sas_token": "shh"},
    "AKENEO_PIM": {"base_url": "https://akeneo.example.com", "client_id": "i", "client_secret": "shh", "username": "u", "password": "shh"},
}


def run(context):
    api, report = context.client.accounts.origins, context.report
    ids = []
    for kind, fields in ORIGINS.items():
        name = f"Origin {kind}".replace("_", " ")
        created = api.create(type=kind, name=name, **fields)
        ids.append(created.id)
        report.holds(f"create {kind}", created, type=kind, name=name, includeCanonicalHeader=False)
        report.equal(f"get {kind}", api.get(created.id) == created, True)
        api.update(created.id, type=kind, name="New name", **fields)
        report.holds(f"update {kind}", api.get(created.id), type=kind, name="New name")
    report.equal("no secret is shown", "shh" in repr(api.list()), False)
    report.refused("a type that is none", lambda: api.create(type="FTP", name="x", bucket="b", access_key="a", secret_key="b"), 400, message="Invalid origin type")
    report.refused("an unknown origin", lambda: api.get("none"), 404)
    for origin_id in ids:
        report.equal("delete", api.delete(origin_id), None)
    report.equal("all are gone", [one.id for one in api.list() if one.id in ids], [])
