"""Cases of tf.strings, tf.as_string and tf.fingerprint."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
S = tf.strings
"""

CASES = {
    "as_string_1": PRELUDE
    + """
[
    S.as_string(1.5),
    S.as_string([1,-2],width=5),
    S.as_string(3,width=5,fill='-'),
    S.as_string(3,fill='+'),
    err(lambda: S.as_string(3,fill='x')),
    err(lambda: S.as_string(3,fill='00')),
    err(lambda: S.as_string(3,precision=2)),
    err(lambda: S.as_string(3,scientific=True)),
    err(lambda: S.as_string(1.5,scientific=True,shortest=True)),
    S.as_string([1.5,1e10,float('inf'),float('nan'),-0.0],shortest=True),
    S.as_string(1.5,width=10,precision=1,fill='0'),
    S.as_string(tf.complex(1.,-2.)),
]""",
    "as_string_2": PRELUDE
    + """
[
    S.as_string(tf.complex(1.,-2.),precision=2,width=6),
    S.as_string([True,False],width=8),
    S.as_string([True,False],fill='0'),
    S.as_string(['ab']),
    S.as_string(['ab'],width=5),
    S.as_string(['ab'],precision=1),
    S.as_string(tf.constant(7,tf.uint8),width=4),
    S.as_string(tf.constant(1.5,tf.float16)),
    S.as_string(tf.constant(1.5,tf.bfloat16),precision=3),
    S.as_string(0.1+0.2),
    S.as_string(tf.constant(0.1,tf.float64),precision=17),
    S.as_string(255, fill='#'),
]""",
    "as_string_3": PRELUDE
    + """
[
    err(lambda: S.as_string(True,precision=2)),
]""",
    "to_number_1": PRELUDE
    + """
[
    S.to_number(["1.5"," 2 ","-1e3","inf","nan","Infinity","-inf"]),
    err(lambda: S.to_number("1_0")),
    err(lambda: S.to_number("")),
    S.to_number("0x10"),
    err(lambda: S.to_number("0x10",tf.int32)),
    err(lambda: S.to_number("1.0",tf.int32)),
    S.to_number([" 7 ","+5"],tf.int64),
    err(lambda: S.to_number("99999999999",tf.int32)),
    S.to_number("1e400"),
    err(lambda: S.to_number("3",tf.float16)),
    err(lambda: S.to_number("3",tf.uint8)),
    S.to_number("3",tf.uint64),
]""",
    "to_number_2": PRELUDE
    + """
[
    err(lambda: S.to_number("1.5f")),
    S.to_number("1.",tf.float64),
    S.to_number(".5",tf.float64),
    S.to_number("NaN(1)",tf.float64),
]""",
    "substr_1": PRELUDE
    + """
[
    S.substr(["hello","wor"],1,3),
    S.substr(["hello","wor"],[1,0],[2,1]),
    S.substr(["hello","wor"],-3,2),
    err(lambda: S.substr(["hello","wor"],4,2)),
    S.substr("hello",5,2),
    err(lambda: S.substr("hello",-6,2)),
    S.substr("hello",1,-2),
    err(lambda: S.substr(["hello","wor"],[1,0],2)),
    S.substr([["hello"],["wor"]],[1,0],[2,2]),
    S.substr("thisé",-2,2,unit='UTF8_CHAR'),
    err(lambda: S.substr("éé",-2,2,unit='X')),
    S.substr("hello",[0,1],[2,3]),
]""",
    "substr_2": PRELUDE
    + """
[
    S.substr(["hello","wor"],tf.constant(1,tf.int64),3),
]""",
    "join": PRELUDE
    + """
[
    S.join(["a",["b","c"]],separator="-"),
    S.join([["a","b"],["c","d"]]),
    S.join([]),
    S.join(["a"]),
    err(lambda: S.join([["a","b"],["c"]])),
]""",
    "reduce_join": PRELUDE
    + """
[
    S.reduce_join([["a","b"],["c","d"]]),
    S.reduce_join([["a","b"],["c","d"]],axis=0,separator='-'),
    S.reduce_join([["a","b"],["c","d"]],axis=[0,1],separator='-'),
    S.reduce_join([["a","b"],["c","d"]],axis=[1,0],keepdims=True),
    S.reduce_join([["a","b"],["c","d"]],axis=-1,keepdims=True),
    err(lambda: S.reduce_join([["a","b"],["c","d"]],axis=2)),
    S.reduce_join([["a","b"],["c","d"]],axis=[]),
    err(lambda: S.reduce_join([["a","b"],["c","d"]],axis=[0,0])),
    S.reduce_join("a"),
    err(lambda: S.reduce_join([["a","b"],["c","d"]],axis=[0,-2])),
]""",
    "unsorted_segment_join": PRELUDE
    + """
[
    S.unsorted_segment_join(["a","b","c"],[0,2,0],3,separator=':'),
    S.unsorted_segment_join([["a","b"],["c","d"]],[1,1],2,separator=':'),
    S.unsorted_segment_join([["a","b"],["c","d"]],[[0,1],[1,0]],2),
    err(lambda: S.unsorted_segment_join(["a"],[3],2)),
    err(lambda: S.unsorted_segment_join(["a","b"],[-1,0],2)),
    err(lambda: S.unsorted_segment_join(["a","b"],[0],2)),
]""",
    "split_1": PRELUDE
    + """
[
    S.split("a b  c "),
    S.split(["a,b","","c,,d"],","),
    S.split([["a b"],["c"]]),
    S.split("a b c",maxsplit=1),
    S.split(["a-b-c"],"-",1),
    S.split("abc",""),
    S.split(tf.ragged.constant([["a b"],["c d","e"]])),
    S.split("a--b---c","--"),
    S.split("  a b",maxsplit=0),
    S.split("a b c",None,0),
    S.split("a b c ",maxsplit=2),
    S.split("a,b,c",",",0),
]""",
    "split_2": PRELUDE
    + """
[
    S.split(["a b"," c  d "],maxsplit=1),
]""",
    "bytes_split": PRELUDE
    + """
[
    S.bytes_split("hello"),
    S.bytes_split(["hi","","é"]),
    S.bytes_split([["hi"],["a"]]),
    S.bytes_split(tf.ragged.constant([["hi"],["a","bc"]])),
]""",
    "ngrams_1": PRELUDE
    + """
[
    S.ngrams(["a","b","c","d"],2),
    S.ngrams(["a","b","c","d"],(1,3)),
    S.ngrams([["a","b","c"],["d","e","f"]],2,separator='|',pad_values=("L","R")),
    S.ngrams(["a"],3,preserve_short_sequences=True),
    S.ngrams(["a"],3),
    S.ngrams(["a","b"],[2,3],pad_values="P",padding_width=1),
    S.ngrams(tf.ragged.constant([["a","b"],[],["c","d","e"]]),2,pad_values=("<",">")),
    S.ngrams(tf.ragged.constant([["a","b"],[],["c","d","e"]]),4,preserve_short_sequences=True),
    err(lambda: S.ngrams(["a","b"],0)),
    err(lambda: S.ngrams(["a","b"],2,pad_values=5)),
    err(lambda: S.ngrams(["a","b"],2,pad_values=("a",))),
    err(lambda: S.ngrams(["a","b"],2,padding_width=0,pad_values="x")),
]""",
    "ngrams_2": PRELUDE
    + """
[
    err(lambda: S.ngrams("a",2)),
    err(lambda: S.ngrams(["a","b"],"x")),
    S.ngrams(["a","b","c"],3,pad_values=("<",">"),padding_width=1),
    S.ngrams(["a","b","c"],[2,5],preserve_short_sequences=True),
    S.ngrams(tf.constant([],tf.string),2),
]""",
    "regex_replace": PRELUDE
    + """
[
    err(lambda: S.regex_replace("a","(","x")),
    S.regex_replace("abc","b","\\\\1"),
    S.regex_replace("abc","(b)","[\\\\0\\\\1]\\\\\\\\"),
    S.regex_replace("abc","x*","-"),
    S.regex_replace("héé","é.?","-"),
    S.regex_replace(b"\\xff\\xfea",".","-"),
    S.regex_replace("abc",tf.constant("b"),tf.constant("z")),
    err(lambda: S.regex_replace("abc",["b"],"z")),
    S.regex_replace("abc","b","\\\\x"),
]""",
    "fingerprint": PRELUDE
    + """
[
    tf.fingerprint(["a","bc"]),
    tf.fingerprint([[1,2],[3,4]]),
    tf.fingerprint([[["a","b"],["c","d"]]]),
    err(lambda: tf.fingerprint("a")),
    err(lambda: tf.fingerprint([1.5],method="x")),
    tf.fingerprint([1.5,2.5]),
    tf.fingerprint(tf.constant([["a","b"]])),
]""",
    "format": PRELUDE
    + """
[
    err(lambda: S.format("{} x {}",(1,))),
    S.format("x",[]),
    S.format("a {} b",tf.constant([1,2,3,4,5,6,7,8]),summarize=2),
    S.format("a {} b",tf.constant([[1.5,2],[3,4]]),summarize=-1),
    S.format("a % b",tf.constant(["x","y"]),placeholder="%"),
    err(lambda: S.format("a {}",["x","y"])),
    S.format("{} {}",["x",tf.constant("y")]),
    S.format("{}",(tf.constant([True,False]),)),
    err(lambda: S.format(["{}"],(1,))),
    S.format("{}",tf.constant(5)),
    S.format("{}",tf.constant([[["a"]]])),
    S.format("{} {}",("abc", 2.5)),
]""",
    "unicode_decode_1": PRELUDE
    + """
[
    S.unicode_decode("héllo","UTF-8"),
    S.unicode_decode(["hi","é"],"UTF-8"),
    S.unicode_decode([["hi"],["é"]],"UTF-8"),
    S.unicode_decode(b"a\\xffb","UTF-8"),
    S.unicode_decode(b"a\\xe2\\x82b\\xf0\\x9f","UTF-8"),
    S.unicode_decode(b"\\xed\\xa0\\x80x","UTF-8"),
    S.unicode_decode(b"\\xc0\\x80x\\xf5","UTF-8"),
    S.unicode_decode(b"a\\xffb","UTF-8",errors="ignore"),
    err(lambda: S.unicode_decode(b"a\\xffb","UTF-8",errors="strict")),
    S.unicode_decode(b"a\\xffb","UTF-8",replacement_char=63),
    S.unicode_decode(b"a\\x01\\x1f\\x7fb\\n","UTF-8",replace_control_characters=True),
    S.unicode_decode(b"a\\x01b\\n","UTF-8",replace_control_characters=True,errors='ignore'),
]""",
    "unicode_decode_2": PRELUDE
    + """
[
    S.unicode_decode(b"a\\x01b\\n","UTF-8",replace_control_characters=True,errors='strict'),
    S.unicode_decode(b"\\x00a\\x00b","UTF-16-BE"),
    S.unicode_decode(b"\\x00a\\xd8\\x00\\x00b","UTF-16-BE"),
    S.unicode_decode(b"\\x00a\\xd8","UTF-16-BE"),
    S.unicode_decode(b"\\x00\\x00\\x00a\\x00\\x11\\x00\\x00","UTF-32-BE"),
    S.unicode_decode(b"\\xe9a","latin1"),
    S.unicode_decode(b"\\xe9a","ISO-8859-1"),
    S.unicode_decode(b"\\x81a","windows-1252"),
    err(lambda: S.unicode_decode(b"a","XX-1")),
    S.unicode_decode(b"\\x83\\x65","Shift_JIS"),
    S.unicode_decode("","UTF-8"),
    S.unicode_decode(tf.ragged.constant([["hi"],["a","b"]]),"UTF-8"),
]""",
    "unicode_decode_3": PRELUDE
    + """
[
    err(lambda: S.unicode_decode(b"a","UTF-8",errors="foo")),
    err(lambda: S.unicode_decode(b"a\\xff","UTF-8",replacement_char=0x110000)),
    S.unicode_decode(b"a\\xff","UTF-8",replacement_char=0xd800),
    S.unicode_decode(b"\\xef\\xbb\\xbfa","UTF-8"),
]""",
    "unicode_decode_with_offsets": PRELUDE
    + """
[
    S.unicode_decode_with_offsets("héllo","UTF-8"),
    S.unicode_decode_with_offsets(["hé","é"],"UTF-8"),
    S.unicode_decode_with_offsets(b"a\\xffb\\xe2\\x82c","UTF-8"),
    S.unicode_decode_with_offsets(b"a\\xffb\\xe2\\x82c","UTF-8",errors='ignore'),
    S.unicode_decode_with_offsets(b"\\x00a\\xd8\\x3d\\xde\\x00\\x00b","UTF-16-BE"),
]""",
    "unicode_split": PRELUDE
    + """
[
    S.unicode_split("héllo","UTF-8"),
    S.unicode_split(["hé","x"],"UTF-8"),
    S.unicode_split(b"a\\xffb","UTF-8"),
    S.unicode_split(b"a\\xffb","UTF-8",errors='ignore'),
    S.unicode_split(b"a\\xffb\\x00","UTF-8",errors='replace',replacement_char=63),
    S.unicode_split(b"\\x00a\\x00\\xe9","UTF-16-BE"),
    err(lambda: S.unicode_split(b"\\xe9","latin1")),
]""",
    "unicode_encode_1": PRELUDE
    + """
[
    S.unicode_encode([72,233],"UTF-8"),
    S.unicode_encode([[72,233],[0x1F600,65]],"UTF-8"),
    S.unicode_encode(tf.ragged.constant([[72],[233,104]]),"UTF-16-BE"),
    S.unicode_encode(tf.ragged.constant([[[72],[233,104]]]),"UTF-32-BE"),
    S.unicode_encode([72,0xD800,0x110000,-1],"UTF-8"),
    S.unicode_encode([72,0xD800,5],"UTF-8",errors='ignore'),
    err(lambda: S.unicode_encode([72,0xD800],"UTF-8",errors='strict')),
    S.unicode_encode([72,0xD800],"UTF-8",replacement_char=63),
    err(lambda: S.unicode_encode([72],"latin1")),
    err(lambda: S.unicode_encode(72,"UTF-8")),
    err(lambda: S.unicode_encode([],"UTF-8")),
    err(lambda: S.unicode_encode(tf.constant([72],tf.int64),"UTF-8")),
]""",
    "unicode_encode_2": PRELUDE
    + """
[
    S.unicode_encode([72,0xfdd0,0xffff],"UTF-8"),
]""",
    "unicode_transcode_1": PRELUDE
    + """
[
    S.unicode_transcode("héllo","UTF-8","UTF-16-BE"),
    S.unicode_transcode(["h\\xe9"],"UTF-8","UTF-32-BE"),
    S.unicode_transcode(b"a\\xff\\xfeb","UTF-8","UTF-8"),
    S.unicode_transcode(b"a\\xff\\xfeb","UTF-8","UTF-8",errors='ignore'),
    err(lambda: S.unicode_transcode(b"a\\xff\\xfeb","UTF-8","UTF-8",errors='strict')),
    S.unicode_transcode(b"a\\xff\\xfeb","UTF-8","UTF-8",replacement_char=ord(' ')),
    S.unicode_transcode(b"a\\x01b","UTF-8","UTF-8",replace_control_characters=True),
    S.unicode_transcode(b"a\\x01b","UTF-8","UTF-8",replace_control_characters=True,errors='ignore'),
    err(lambda: S.unicode_transcode(b"a\\x01b","UTF-8","UTF-8",replace_control_characters=True,errors='strict')),
    S.unicode_transcode(b"\\xe9","latin1","UTF-8"),
    S.unicode_transcode(b"\\xe9","US-ASCII","UTF-8"),
    S.unicode_transcode(b"\\x00\\xe9","UTF-16","UTF-8"),
]""",
    "unicode_transcode_2": PRELUDE
    + """
[
    S.unicode_transcode(b"\\xff\\xfea\\x00","UTF-16","UTF-8"),
    S.unicode_transcode(b"a\\x00","UTF-16-LE","UTF-8"),
    S.unicode_transcode(b"a","utf8","UTF-8"),
    S.unicode_transcode(b"a","utf-8","UTF-8"),
    err(lambda: S.unicode_transcode(b"a","UTF-8","utf-8")),
    err(lambda: S.unicode_transcode(b"a","UTF-8","latin1")),
    S.unicode_transcode(b"\\xef\\xbb\\xbfa","UTF-8","UTF-8"),
]""",
    "length_and_more": PRELUDE
    + """
[
    err(lambda: S.length("é",unit='X')),
    S.length(b"\\xff\\xfe\\xc3\\xa9",unit='UTF8_CHAR'),
    err(lambda: S.lower("É",encoding='latin1')),
    S.lower("İ ΑΣ",encoding='utf-8'),
    S.upper("ß straße",encoding='utf-8'),
    S.upper(b"\\xff a",encoding='utf-8'),
    S.strip(["  a b \\t\\n\\r\\v\\f"," \\u00a0x"]),
    S.regex_full_match(["abc","abd","xabc"],"a.c"),
    S.regex_full_match("a\\n","a."),
    err(lambda: S.regex_full_match("a","(")),
]""",
    "to_hash_bucket_and_more": PRELUDE
    + """
[
    S.to_hash_bucket(["a","hello","x"*20,""],1000),
    err(lambda: S.to_hash_bucket(1,10)),
    S.to_hash_bucket_fast(["a","hello","hello123","x"*20,"y"*50,"z"*64,"w"*65,"v"*128,"abcdefghij"*20,""],2**62),
    err(lambda: S.to_hash_bucket_fast("a",0)),
    S.to_hash_bucket_strong(["a","hello","hello123","x"*20,"","1234567"],2**62,[1,2]),
    err(lambda: S.to_hash_bucket_strong("a",10,[1])),
    S.unicode_split_with_offsets("hé","UTF-8"),
    S.unicode_split_with_offsets(["hé","é"],"UTF-8"),
    S.unicode_split_with_offsets(b"\\x00a\\x00\\xe9","UTF-16-BE"),
]""",
    "unicode_script_and_more": PRELUDE
    + """
[
    S.unicode_script([65,0x3b1,0x4e00,32,0x10ffff,0x110000,-1,0xd800,0x378]),
    S.unicode_script(tf.ragged.constant([[65],[0x3b1]])),
    err(lambda: S.unicode_script(tf.constant([65],tf.int64))),
]""",
    "empty_and_scalar": PRELUDE
    + """
a, b, s = tf.zeros([0, 1], tf.string), tf.constant([["a"], ["b"]]), tf.constant("ab")
[
    a, tf.concat((a, b), 0), tf.concat([a, a], 1), tf.zeros([2, 0, 3], tf.string), tf.transpose(a), tf.tile(a, [2, 2]),
    tf.constant(np.zeros((0, 2), object)), tf.constant(np.zeros((0, 2), "S3")), tf.constant(np.zeros((2, 0), "U3")),
    S.upper(a), S.length(a), S.join([a, a]), tf.squeeze(a, 1), a[:, 0], S.reduce_join(a, 0), tf.reshape(a, [3, 0]),
    s[tf.newaxis], s[None, None], s[...], s[..., tf.newaxis],
]""",
}
