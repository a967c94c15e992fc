"""Custom metadata: fields of every type, and values that do or do not fit them."""

SCHEMAS = {
    "Text": {"type": "Text", "minLength": 2, "maxLength": 5},
    "Textarea": {"type": "Textarea", "maxLength": 100},
    "Number": {"type": "Number", "minValue": -1.5, "maxValue": 10},
    "Date": {"type": "Date", "minValue": "2024-01-01T00:00:00.000Z"},
    "Boolean": {"type": "Boolean", "defaultValue": True},
    "SingleSelect": {"type": "SingleSelect", "selectOptions": ["small", 4, True]},
    "MultiSelect": {"type": "MultiSelect", "selectOptions": ["a", "b", 30]},
}
GOOD = {"Text": "abc", "Textarea": "a\nb", "Number": 2.5, "Date": "2024-05-01T10:00:00.000Z", "Boolean": False, "SingleSelect": 4, "MultiSelect": ["a", 30]}
BAD = {"Text": "a", "Textarea": "x" * 101, "Number": "5", "Date": "2023-01-01T00:00:00.000Z", "Boolean": "true", "SingleSelect": "large", "MultiSelect": ["c"]}


def run(context):
    client, report, fields = context.client, context.report, context.client.custom_metadata_fields
    name = {kind: f"{context.prefix}_{kind}" for kind in SCHEMAS}
    ids = {}
    for kind, schema in SCHEMAS.items():
        field = fields.create(name=name[kind], label=f"Label {name[kind]}", schema=schema, description="About it")
        ids[kind] = field.id
        report.equal(f"create {kind}", {**field.to_dict(mode="json"), "id": None}, {"id": None, "name": name[kind], "label": f"Label {name[kind]}", "schema": schema, "description": "About it"})
    own = [field.name for field in fields.list() if field.name.startswith(f"{context.prefix}_")]
    report.equal("list", own, list(name.values()))

    def upload(values):
        return client.files.upload(file=b"x", file_name="cm.txt", folder=f"{context.folder}/custom", custom_metadata=values, response_fields=["customMetadata"])

    file = upload({name["Text"]: "abc"})
    report.holds("values of an upload", file, customMetadata={name["Text"]: "abc"})
    for kind, value in GOOD.items():
        report.equal(f"a value of {kind}", client.files.update(file.file_id, custom_metadata={name[kind]: value}).custom_metadata[name[kind]], value)
    for kind, value in BAD.items():
        report.refused(f"{kind} refuses {value!r}"[:60], lambda: client.files.update(file.file_id, custom_metadata={name[kind]: value}), 400, message="Invalid custom metadata")
    report.equal("refused values change nothing", client.files.get(file.file_id).custom_metadata, {name[kind]: value for kind, value in GOOD.items()})
    report.refused("a type that is none", lambda: fields.create(name="bad", label="Bad", schema={"type": "Colour"}), 400, message="Invalid field object")
    report.refused("a select without options", lambda: fields.create(name="bad", label="Bad", schema={"type": "SingleSelect"}), 400)
    report.refused("a name that is taken", lambda: fields.create(name=name["Text"], label="Other", schema={"type": "Text"}), 400, message="name already exists")
    updated = fields.update(ids["Text"], label=f"New {name['Text']}", schema={"maxLength": 3}, description="")
    report.equal("update", [updated.label, updated.schema_.max_length, updated.description], [f"New {name['Text']}", 3, None])
    fields.update(ids["Boolean"], schema={"isValueRequired": True, "defaultValue": True})
    report.refused("a required value that is missing", lambda: upload({name["Text"]: "abc"}), 400, message="Invalid custom metadata")
    report.equal("a required value", upload({name["Boolean"]: False}).custom_metadata, {name["Boolean"]: False})
    report.refused("update of no field", lambda: fields.update("0" * 24, label="x"), 404)
    for field_id in ids.values():
        fields.delete(field_id)
    report.equal("delete", [field for field in fields.list() if field.name.startswith(f"{context.prefix}_")], [])
    report.equal("include_deleted", len([field for field in fields.list(include_deleted=True) if field.name.startswith(f"{context.prefix}_")]), 7)
    report.refused("delete twice", lambda: fields.delete(ids["Text"]), 404)
