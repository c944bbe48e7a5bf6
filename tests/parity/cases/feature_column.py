"""Cases of tf.feature_column."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
FC = tf.feature_column
def spec(columns):
    found = FC.make_parse_example_spec(columns)
    return [[key, type(found[key]).__name__, found[key].dtype] for key in sorted(found)]
"""

CASES = {
    "numeric_column": PRELUDE
    + """
[
    FC.numeric_column('x',shape=[2],default_value=1.).default_value,
    err(lambda: FC.numeric_column('x',shape=0)),
    err(lambda: FC.numeric_column('x',shape='a')),
    err(lambda: FC.numeric_column('x',dtype=tf.string)),
    err(lambda: FC.numeric_column('x',default_value=[1.,2.])),
    err(lambda: FC.numeric_column('x',default_value='a')),
    err(lambda: FC.numeric_column('x',normalizer_fn=3)),
    err(lambda: FC.numeric_column(3)),
    FC.numeric_column('x') == FC.numeric_column('x'),
    FC.numeric_column('x')._replace(key='y').key,
]""",
    "bucketized_column": PRELUDE
    + """
[
    FC.bucketized_column(FC.numeric_column('x'),[0.,1.]).num_buckets,
    FC.bucketized_column(FC.numeric_column('x'),[0.,1.]).name,
    err(lambda: FC.bucketized_column(FC.numeric_column('x'),[1.,0.])),
    err(lambda: FC.bucketized_column('x',[1.])),
]""",
    "categorical_column_with_vocabulary_list": PRELUDE
    + """
[
    FC.categorical_column_with_vocabulary_list('c',['a','b'],num_oov_buckets=2).num_buckets,
    err(lambda: FC.categorical_column_with_vocabulary_list('c',['a','a'])),
    err(lambda: FC.categorical_column_with_vocabulary_list('c',['a'],default_value=0,num_oov_buckets=1)),
    err(lambda: FC.categorical_column_with_vocabulary_list('c',['a'],dtype=tf.int64)),
]""",
    "categorical_column_with_hash_bucket_and_more": PRELUDE
    + """
[
    FC.categorical_column_with_hash_bucket('c',10).name,
    err(lambda: FC.categorical_column_with_hash_bucket('c',0)),
    err(lambda: FC.categorical_column_with_hash_bucket('c',10,tf.float32)),
    err(lambda: FC.categorical_column_with_identity('c',3,default_value=5)),
    FC.crossed_column(['a',FC.categorical_column_with_identity('b',3)],10).name,
    err(lambda: FC.crossed_column(['a'],10)),
    err(lambda: FC.crossed_column(['a',FC.categorical_column_with_hash_bucket('b',3)],10)),
    FC.weighted_categorical_column(FC.categorical_column_with_identity('c',3),'w').name,
]""",
    "indicator_column_and_more": PRELUDE
    + """
[
    FC.indicator_column(FC.categorical_column_with_identity('c',3)).name,
    err(lambda: FC.embedding_column(FC.categorical_column_with_identity('c',3),0)),
    FC.embedding_column(FC.categorical_column_with_identity('c',3),4).name,
    spec([FC.numeric_column('x',shape=(2,)),FC.indicator_column(FC.categorical_column_with_hash_bucket('c',10)),FC.categorical_column_with_identity('d',3)]),
    spec([FC.crossed_column(['a','b'],10),FC.weighted_categorical_column(FC.categorical_column_with_identity('c',3),'w')]),
    err(lambda: spec([FC.numeric_column('x'),FC.categorical_column_with_identity('x',3)])),
    err(lambda: FC.make_parse_example_spec(['x'])),
    FC.sequence_numeric_column('x').name,
]""",
    "sequence_categorical_column_with_identity_and_more": PRELUDE
    + """
[
    FC.sequence_categorical_column_with_identity('c',3).num_buckets,
]""",
}
