//! Descriptions that differ from the library.

use super::findings::{Findings, Omission};
use super::responses::check_events;
use super::spec::Spec;
use super::{compare, distill};

fn missing(spec: &str) -> Vec<String> {
    let spec = Spec::read(spec).unwrap();
    let mut findings = Findings::default();
    compare(&spec, &spec.operations().unwrap(), &mut findings).unwrap();
    check_events(&spec, &mut findings).unwrap();
    findings.split(&[]).0
}

/// A description of one operation, `operation` indented by six.
fn one(path: &str, method: &str, operation: &str) -> String {
    format!("paths:\n  {path}:\n    {method}:\n{operation}\n")
}

fn found(path: &str, method: &str, operation: &str, findings: &[&str]) {
    let missing = missing(&one(path, method, operation));
    assert_eq!(missing.len(), findings.len(), "{missing:#?}");
    for (line, part) in missing.iter().zip(findings) {
        assert!(line.contains(part), "{line} does not say {part}");
    }
}

/// As [`found`], among findings about what the description leaves out.
fn found_among(path: &str, method: &str, operation: &str, findings: &[&str]) {
    let missing = missing(&one(path, method, operation));
    for part in findings {
        assert!(missing.iter().any(|line| line.contains(part)), "{missing:#?} do not say {part}");
    }
}

#[test]
fn what_agrees_is_not_listed() {
    found(
        "/v1/files",
        "get",
        "      operationId: list-and-search-assets
      parameters:
        - { in: query, name: sort, schema: { type: string, enum: [ASC_NAME, DESC_SIZE] } }
        - { in: query, name: fileType, schema: { type: string, enum: [image] } }
        - { in: query, name: type, schema: { type: string, enum: [file] } }
        - { in: query, name: path, schema: { type: string } }
        - { in: query, name: searchQuery, schema: { type: string } }
        - { in: query, name: limit, schema: { type: integer, minimum: 1, maximum: 1000 } }
        - { in: query, name: skip, schema: { type: integer, minimum: 0 } }
      responses:
        200:
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  properties:
                    type: { type: string, enum: [file, file-version] }
                    fileId: { type: string }
                    name: { type: string }
                    filePath: { type: string }
                    url: { type: string, format: uri }
                    tags: { type: [array, null], items: { type: string } }
                    customMetadata: { type: object, additionalProperties: true }",
        &[],
    );
}

#[test]
fn operations() {
    found("/v1/files/glue", "post", "      operationId: glue", &["POST /v1/files/glue is not in"]);
    found(
        "/v1/files/purge",
        "put",
        "      operationId: purge-cache",
        &["has POST /v1/files/purge"],
    );
    found(
        "/v1/files/purge",
        "post",
        "      operationId: purge",
        &["calls POST /v1/files/purge purge-cache"],
    );
    found("/v1/files/glue", "post", "      operationId: glue\n      x-unreleased: true", &[]);
    found("/v1/dummy/test", "post", "      operationId: create-dummy-test", &[]);
}

#[test]
fn parameters() {
    found(
        "/v1/files",
        "get",
        "      operationId: list-and-search-assets
      parameters:
        - { in: query, name: sorting, schema: { type: string } }
        - { in: query, name: fileType, schema: { type: string, enum: [all, video] } }
        - { in: query, name: path, required: true, schema: { type: array, items: { type: string } } }
        - { in: query, name: searchQuery, schema: { type: string, maxLength: 9 } }
        - { in: query, name: skip, schema: { type: integer, minimum: 1 } }
        - { in: header, name: limit, schema: { type: integer } }",
        &[
            r#"$.fileType: the value "video" has no name"#,
            "$.limit: has no maximum, and a limit",
            "$.path: invalid type",
            "$.searchQuery: 10 characters are not allowed",
            "$.skip: the minimum is not 1",
            "$.sort: is known, and not described",
            "$.sorting: unknown field",
            "$.type: is known, and not described",
            "in header",
        ],
    );
    found(
        "/v1/files/{fileId}/details",
        "get",
        "      operationId: get-file-details
      parameters: [{ in: path, name: fileID, schema: { type: string } }]",
        &["$.fileID: unknown field", "is refused: missing field `fileId`"],
    );
}

#[test]
fn bodies() {
    found(
        "/v1/saved-extensions",
        "post",
        "      operationId: create-extension
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name, config]
              properties:
                name: { type: string, minLength: 1, pattern: '^[A-Za-z]+$' }
                description: { type: string, minLength: 2 }
                colour: { type: string }
                config:
                  oneOf:
                    - type: object
                      required: [name]
                      properties:
                        name: { type: string, const: remove-bg }
                        options:
                          type: object
                          properties: { add_shadow: { type: boolean }, addShadow: {} }
                    - type: object
                      properties: { name: { type: string, const: sepia } }",
        &[
            "$.colour: unknown field",
            "$.config.name: is needed, and not required",
            r#"$.config.name: the value "sepia" has no name"#,
            "$.config.options.addShadow: no typed field",
            "$.description: 1 characters are not allowed",
            "$.description: is needed, and not required",
            "$.name: the pattern is not ^[A-Za-z]+$",
        ],
    );
}

#[test]
fn forms() {
    found_among(
        "/api/v1/files/upload",
        "post",
        "      operationId: upload-file
      servers: [{ url: 'https://elsewhere.example' }]
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                file: { type: string, format: binary }
                fileName: { type: string }
                filter: { type: string }
                tags: { type: array, items: { type: string } }
                useUniqueFileName: { type: string }
                responseFields:
                  { type: array, items: { type: string, enum: [tags, smell] } }
                transformation:
                  type: object
                  properties:
                    pre: { type: string }
                    between: { type: string }
                    post:
                      type: array
                      items:
                        oneOf:
                          - type: object
                            properties:
                              type: { type: string, const: abs }
                              value: { type: string }
                              protocol: { type: string, enum: [hls, smoke] }",
        &[
            "$.filter: unknown field",
            r#"$.responseFields[]: the value "smell" has no name"#,
            "$.transformation.between: unknown field",
            r#"$.transformation.post[].protocol: the value "smoke" has no name"#,
            "$.useUniqueFileName: invalid type",
            "goes to https://upload.imagekit.io",
        ],
    );
}

#[test]
fn responses() {
    found(
        "/v1/files/{fileId}/details",
        "get",
        "      operationId: get-file-details
      parameters: [{ in: path, name: fileId, required: true, schema: { type: string } }]
      responses:
        200:
          content: { application/json: { schema: { $ref: '#/components/schemas/File' } } }
        404:
          content:
            application/json:
              schema:
                type: object
                properties: { message: { type: string }, whose: { type: string } }
components:
  schemas:
    Version:
      type: object
      properties: { id: { type: string }, colour: { type: string } }
    File:
      allOf:
        - type: object
          properties: { fileId: { type: string }, name: { type: string }, url: { type: string } }
        - type: object
          properties:
            type: { type: string, enum: [file, shelf] }
            mime: { type: string, enum: [image/png, image/gif] }
            filePath: { type: string }
            parent: { $ref: '#/components/schemas/File' }
            versionInfo: { $ref: '#/components/schemas/Version' }
            isPrivateFile: { type: array, items: { type: boolean } }",
        &[
            "response 200 $.isPrivateFile: expected a boolean",
            r#"response 200 $.mime: any text passes, no enum names ["image/png","image/gif"]"#,
            "response 200 $.parent: no typed field",
            r#"response 200 $.type: the value "shelf" has no name"#,
            "response 200 $.versionInfo.colour: no typed field",
            "response 404 $.whose: no typed field",
        ],
    );
}

#[test]
fn what_the_library_cannot_do_without_is_described() {
    found(
        "/v1/files/{fileId}/details",
        "get",
        "      operationId: get-file-details
      parameters: [{ in: path, name: fileId, required: true, schema: { type: string } }]
      responses:
        200:
          content: { application/json: { schema: { type: object, properties: { fileId: {} } } } }
        204: { description: nothing }",
        &["response 200 $: is refused: missing field", "response 204 without a body"],
    );
}

#[test]
fn events() {
    let event = |name: &str, more: &str| {
        format!(
            "webhooks:
  {name}:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                id: {{ type: string }}
                type: {{ type: string, const: {name} }}
                created_at: {{ type: string, format: date-time }}
                data:
                  type: object
                  properties: {{ fileId: {{ type: string }} {more} }}"
        )
    };
    assert_eq!(missing(&event("file.deleted", "")), [""; 0]);
    let more = missing(&event("file.deleted", ", why: { type: string }"));
    assert_eq!(more, ["webhook file.deleted: $.data.why: no typed field holds it"]);
    let unknown = missing(&event("file.archived", ""));
    assert!(unknown.iter().any(|line| line.contains(r#""file.archived" has no name"#)));
}

#[test]
fn what_is_left_out_on_purpose_has_its_reason() {
    let mut findings = Findings::default();
    findings.add("a", "$.b: no typed field holds it");
    findings.add("a", "$.c: no typed field holds it");
    findings.add("a", "$.c: no typed field holds it");
    let (missing, omitted, unused) =
        findings.split(&[Omission { texts: &["a: $.b:", "$.d"], reason: "old" }]);
    assert_eq!(missing, ["a: $.c: no typed field holds it"]);
    assert_eq!(omitted, ["a: $.b: no typed field holds it (old)"]);
    assert_eq!(unused, ["$.d"]);
}

#[test]
fn a_distilled_file_holds_facts_only() {
    let text = "
info: { title: prose }
paths:
  /v1/dummy/test: { post: { operationId: create-dummy-test } }
  /v1/new: { x-unreleased: true, get: { operationId: get-new } }
  /v1/files/{fileId}:
    description: prose
    parameters: [{ in: path, name: fileId, required: true, description: prose, example: a }]
    patch:
      operationId: update-file
      summary: prose
      tags: [prose]
      servers: [{ url: 'https://up.example', description: prose }]
      requestBody:
        description: prose
        content:
          application/json: { schema: { $ref: '#/components/schemas/Change' }, example: prose }
      responses: { 204: { description: prose } }
components:
  schemas:
    Change:
      title: prose
      type: object
      required: [title]
      properties:
        title: { type: string, enum: [a, b], description: prose, maxLength: 3 }
        description: { $ref: '#/components/schemas/Change' }
        tags: { type: array, items: { type: string, title: prose } }
    Unused: { type: string }
";
    let table = distill([("a.yaml", text)]).unwrap();
    assert!(!table.contains("prose") && !table.contains("Unused"), "{table}");
    let expected = r##"{
  "components": {
    "schemas": {
      "Change": {"properties":{"description":{"$ref":"#/components/schemas/Change"},"tags":{"items":{"type":"string"},"type":"array"},"title":{"enum":["a","b"],"maxLength":3,"type":"string"}},"required":["title"],"type":"object"}
    }
  },
  "paths": {
    "/v1/files/{fileId}": {
      "patch": {"operationId":"update-file","parameters":[{"in":"path","name":"fileId","required":true}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Change"}}}},"responses":{"204":{}},"servers":[{"url":"https://up.example"}]}
    }
  }
}
"##;
    assert_eq!(table, expected);
    let other = text.replace("maxLength: 3", "maxLength: 4");
    assert!(distill([("a.yaml", text), ("b.yaml", &other)]).is_err());
}
