"""URLs of `helper.build_url`, fetched."""

from fetching import fetch
from image import png, size


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/delivery"

    def upload(name, **options):
        return client.files.upload(file=png(100, 50), file_name=name, folder=folder, use_unique_file_name=False, **options)

    upload("a.png")
    upload("private.png", is_private_file=True)

    def build(src=f"{folder}/a.png", **options):
        return client.helper.build_url(url_endpoint=context.url_endpoint, src=src, **options)

    report.equal("the file", fetch(build())[2] == png(100, 50), True)
    sizes = [
        ("width", [{"width": 50}], [50, 25]),
        ("height", [{"height": 10}], [20, 10]),
        ("crop force", [{"width": 30, "height": 30, "crop": "force"}], [30, 30]),
        ("pad_resize", [{"width": 30, "height": 30, "crop_mode": "pad_resize", "background": "FF0000"}], [30, 30]),
        ("rotation", [{"rotation": 90}], [50, 100]),
        ("effects", [{"blur": 3, "grayscale": True, "sharpen": 5, "radius": "max", "border": "5_FF0000"}], [110, 60]),
        ("chained steps", [{"width": 80}, {"rotation": 90}, {"width": 10}], [10, 20]),
        ("a text layer", [{"overlay": {"type": "text", "text": "Été & more", "transformation": [{"font_size": 12}]}}], [100, 50]),
        ("an image layer", [{"overlay": {"type": "image", "input": f"{folder}/a.png", "transformation": [{"width": 10}]}}], [100, 50]),
    ]
    for position in ["path", "query"]:
        for name, transformation, expected in sizes:
            status, headers, body = fetch(build(transformation=[*transformation, {"format": "png"}], transformation_position=position))
            seen = size(body) if headers["content-type"] == "image/png" else (status, body[:200])
            report.equal(f"{name}, in the {position}", seen, expected)
    report.equal("the transformation string", client.helper.build_transformation_string([{"width": 300, "height": 200}, {"rotation": 90}]), "w-300,h-200:rt-90")
    private = f"{folder}/private.png"
    report.equal("a private file", fetch(build(private))[0], 401)
    report.equal("a private file, signed", fetch(build(private, signed=True))[0], 200)
    for position in ["path", "query"]:
        url = build(private, signed=True, expires_in=60, transformation=[{"width": 30}], transformation_position=position, query_parameters={"v": "1"})
        report.equal(f"signed, with an expiry, in the {position}", fetch(url)[0], 200)
        report.equal(f"a signature is for its transformation, in the {position}", fetch(url.replace("w-30", "w-40"))[0], 401)
    late = build(private, signed=True, expires_in=60)
    report.equal("another expiry", fetch(late[: late.index("ik-t=")] + "ik-t=1600000000" + late[late.index("&ik-s=") :])[0], 401)
    other = context.kind.client(private_key="private_other")
    report.equal("the signature of another key", fetch(other.helper.build_url(url_endpoint=context.url_endpoint, src=private, signed=True))[0], 401)
