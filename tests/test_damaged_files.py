"""Damaged and hostile files are TensorFlow's errors, at once and in little memory."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zlib

import numpy as np
import pytest

import kerax as tf
from kerax.image import png


def records(folder, compression=""):
    path = folder / "records"
    with tf.io.TFRecordWriter(str(path), compression) as writer:
        for _ in range(3):
            writer.write(bytes(range(200)) * 5)
    return path, path.read_bytes()


@pytest.mark.parametrize("compression", ["", "GZIP", "ZLIB"])
def test_records_that_are_cut_off(tmp_path, compression):
    path, data = records(tmp_path, compression)
    path.write_bytes(data[: len(data) - len(data) // 4])
    with pytest.raises(tf.errors.DataLossError):
        list(tf.data.TFRecordDataset(str(path), compression))


def test_a_head_that_is_cut_off_ends_the_records(tmp_path):
    path, data = records(tmp_path)
    path.write_bytes(data + b"\1" * 11)
    assert len(list(tf.data.TFRecordDataset(str(path)))) == 3
    path.write_bytes(data + b"\1" * 12)
    with pytest.raises(tf.errors.DataLossError):
        list(tf.data.TFRecordDataset(str(path)))


def test_a_record_that_is_huge_on_paper(tmp_path):
    from kerax.io.crc32c import masked_crc32c

    head = struct.pack("<Q", 1 << 62)
    path = tmp_path / "records"
    path.write_bytes(head + struct.pack("<I", masked_crc32c(head)) + b"few")
    with pytest.raises(tf.errors.DataLossError):
        list(tf.data.TFRecordDataset(str(path)))


def test_images_that_are_cut_off():
    image = np.random.default_rng(0).integers(0, 255, (12, 10, 3), np.uint8)
    data = tf.io.encode_png(image).numpy()
    for size in (len(data) - 1, len(data) - 16, 40):
        with pytest.raises(tf.errors.InvalidArgumentError):
            tf.io.decode_png(data[:size])
    assert tf.io.decode_png(data + b"more").shape == (12, 10, 3)


def test_an_animation_that_is_cut_off_has_its_whole_frames():
    pytest.importorskip("PIL")
    from PIL import Image

    image = np.random.default_rng(0).integers(0, 255, (12, 10, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(image).save(file, "GIF", save_all=True, append_images=[Image.fromarray(255 - image)])
    data = file.getvalue()
    assert tf.io.decode_gif(data).shape == (2, 12, 10, 3)
    assert tf.io.decode_gif(data[:-60]).shape == (1, 12, 10, 3)
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.io.decode_gif(data[:30])


def test_images_that_are_huge_on_paper():
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    for depth, width in ((8, 1 << 30), (16, 4)):
        header = struct.pack(">IIBBBBB", width, width, depth, 2, 0, 0, 0)
        data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 24))) + chunk(b"IEND", b"")
        if depth == 8:
            with pytest.raises(tf.errors.InvalidArgumentError):
                tf.io.decode_png(png.SIGNATURE + data)
        else:  # what is more than the header says is not unpacked
            assert tf.io.decode_png(png.SIGNATURE + data, dtype=tf.uint16).shape == (4, 4, 3)


def test_texts_and_messages_that_are_none():
    for text in (b"\xff\xfe", b"{" * 100_000, b"[1]"):
        with pytest.raises(tf.errors.InvalidArgumentError):
            tf.io.decode_json_example(text)
    good = bytearray(tf.io.serialize_tensor(tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy())
    for place in range(len(good)):
        for value in (0, 127, 255):
            bad = bytes(good[:place] + bytes([value]) + good[place + 1 :])
            try:
                tf.io.parse_tensor(bad, tf.float32)
            except tf.errors.InvalidArgumentError:
                pass
    with pytest.raises(tf.errors.DataLossError):
        tf.io.decode_compressed(gzip.compress(b"text")[:-12] + b"\xff" * 12, "GZIP")


def test_a_saved_dataset_that_is_damaged(tmp_path):
    path = str(tmp_path / "saved")
    tf.data.Dataset.range(3).save(path)
    metadata = tmp_path / "saved" / "kerax_dataset.json"
    good = json.loads(metadata.read_text())
    bad = [b"", b"\xff", b"[]", b"[" * 100_000]
    for name in good:
        for value in (None, [[]], -1.5, "../.."):
            bad.append(json.dumps({**good, name: value}).encode())
    bad.append(json.dumps({**good, "spec": {"tensor": [[], "string"]}}).encode())
    for text in bad:
        metadata.write_bytes(text)
        if json.dumps(good) != text.decode(errors="replace"):
            with pytest.raises(tf.errors.DataLossError):
                assert list(tf.data.Dataset.load(path)) is None
    metadata.write_text(json.dumps({**good, "compression": None}))
    assert len(list(tf.data.Dataset.load(path))) == 3
    (records,) = (tmp_path / "saved").glob("*/*.records")
    whole = records.read_bytes()
    for length in (1, 20, len(whole) // 2, len(whole) - 1):
        records.write_bytes(whole[:-length])
        with pytest.raises(tf.errors.DataLossError):
            list(tf.data.Dataset.load(path))


def test_a_saved_model_whose_description_is_damaged(tmp_path):
    module = tf.Module()
    module.f = tf.function(lambda x: x + 1.0, input_signature=[tf.TensorSpec([], tf.float32)])
    tf.saved_model.save(module, str(tmp_path))
    path = tmp_path / "kerax.json"
    good = json.loads(path.read_text())
    good["functions"][0]["parameters"] = 5
    for text in (b"\xff\xfe", b"[1]", json.dumps(good).encode()):
        path.write_bytes(text)
        with pytest.raises(tf.errors.DataLossError):
            tf.saved_model.load(str(tmp_path))


def test_a_snapshot_of_an_endless_dataset(tmp_path):
    path = str(tmp_path / "snapshot")
    endless = tf.data.Dataset.range(2).repeat().snapshot(path)
    assert [int(x) for x in endless.take(3)] == [0, 1, 0]
    finite = tf.data.Dataset.range(3).snapshot(path)  # what was not written to its end does not count
    assert [int(x) for x in finite] == [0, 1, 2]
    assert [int(x) for x in tf.data.Dataset.range(9).snapshot(path)] == [0, 1, 2]
