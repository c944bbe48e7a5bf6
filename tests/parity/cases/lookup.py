"""Cases of tf.lookup."""

PRELUDE = """\
import os, tempfile
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
L = tf.lookup
def T(keys, values, default, **kw):
    return L.StaticHashTable(L.KeyValueTensorInitializer(tf.constant(keys), tf.constant(values)), default, **kw)
def V(keys, n, **kw):
    init = None
    if keys is not None:
        keys = tf.constant(keys, tf.int64 if isinstance(keys[0], int) else None)
        init = L.KeyValueTensorInitializer(keys, tf.range(len(keys), dtype=tf.int64))
    return L.StaticVocabularyTable(init, n, **kw)
def F(text, kd, ki, vd, vi, **kw):
    path = os.path.join(tempfile.mkdtemp(), "v.txt")
    with open(path, "w", newline="") as f:
        f.write(text)
    return L.StaticHashTable(L.TextFileInitializer(path, kd, ki, vd, vi, **kw), "?" if vd == tf.string else -1)
def M(kd, vd, default, pairs):
    t = L.experimental.MutableHashTable(kd, vd, default)
    for k, v in pairs:
        t.insert(tf.constant([k], kd), tf.constant([v], vd))
    return t
def RM(kd, vd, default, pairs, gone):
    t = M(kd, vd, default, pairs)
    t.remove(tf.constant(gone))
    return [t.size(), t.export()]
def D(kd, vd, default, empty, deleted, pairs, **kw):
    t = L.experimental.DenseHashTable(kd, vd, default, empty, deleted, **kw)
    for k, v in pairs:
        t.insert(tf.constant([k], kd), tf.constant([v], vd))
    return t
def DE(kd, vd, default, empty, deleted, pairs, gone):
    t = D(kd, vd, default, empty, deleted, pairs)
    t.erase(tf.constant(gone, kd))
    return [t.size(), t.lookup(tf.constant(gone, kd))]
def fn(f):
    return tf.function(f)()
def infn(table, keys):
    f = tf.function(lambda k: table.lookup(k))
    return [f(keys), f(keys)]
def fill():
    t = L.experimental.DenseHashTable(tf.int64, tf.int64, -1, 0, -1)
    @tf.function
    def f(x):
        t.insert(x, x * 2)
        return t.lookup(x)
    return [f(tf.constant([3, 4], tf.int64)), f(tf.constant([5], tf.int64)), t.size()]
"""

CASES = {
    "T_1": PRELUDE
    + """
[
    T(['a','b'],[1,2],-1).lookup(tf.constant(['a','z'])),
    T(['a','b'],[1,2],-1).size(),
    T(['a','b'],[1,2],-1).default_value,
    T(['a','b'],[1,2],-1).key_dtype,
    T(['a','b'],[1,2],-1).value_dtype,
    T([1,2],[1.5,2.5],0.).lookup(tf.constant([2,3])),
    err(lambda: T([1,2],[1.5,2.5],0.).lookup(tf.constant([2,3],tf.int64))),
    T([1,2],['x','y'],'?').lookup(tf.constant([[2],[3]])),
    T(['a','a'],[1,1],0).size(),
    err(lambda: T(['a','a'],[1,2],0)),
    err(lambda: T(['a'],[1,2],0)),
    T(['a','b'],[1,2],-1).lookup(tf.ragged.constant([['a'],['b','q']])),
]""",
    "T_2": PRELUDE
    + """
[
    T(['a','b'],[1,2],-1).lookup(tf.sparse.from_dense(['a','','q'])),
    err(lambda: T(['a','b'],[1,2],'x')),
    err(lambda: T(['a','b'],[1,2],[1])),
    err(lambda: T(['a','b'],[1,2],2.5)),
]""",
    "KeyValueTensorInitializer": PRELUDE
    + """
[
    L.KeyValueTensorInitializer(['a'],[1]).key_dtype,
    L.KeyValueTensorInitializer(['a'],[1]).value_dtype,
    L.KeyValueTensorInitializer([1],[2],key_dtype=tf.int64,value_dtype=tf.int64).key_dtype,
    err(lambda: L.KeyValueTensorInitializer([1],[2],key_dtype=tf.string)),
]""",
    "V_1": PRELUDE
    + """
[
    V(['a','b'],2).lookup(tf.constant(['a','b','c','d','e'])),
    V(['a','b'],2).size(),
    V(['a','b'],2).key_dtype,
    V(['a','b'],2).value_dtype,
    V(None,5).lookup(tf.constant(['a','b'])),
    err(lambda: V(None,5,lookup_key_dtype=tf.int64).lookup(tf.constant([1,2],tf.int64))),
    V(None,5).size(),
    V([10,20],3).lookup(tf.constant([10,20,30,40,50],tf.int64)),
    err(lambda: V([10,20],3).lookup(tf.constant([10,20,30,40,50],tf.int32))),
    err(lambda: V([10,20],3,lookup_key_dtype=tf.string)),
    err(lambda: V(['a'],0)),
    V(['a'],1).lookup(tf.ragged.constant([['a'],['b']])),
]""",
    "V_2": PRELUDE
    + """
[
    V(['a'],1).lookup(tf.sparse.from_dense(['a','','q'])),
]""",
    "F_1": PRELUDE
    + """
[
    F("x\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER).lookup(tf.constant(['x','y','q'])),
    F("x\\t1\\ny\\t2\\n",tf.string,0,tf.int64,1).lookup(tf.constant(['x','y','q'])),
    F("x 1\\ny 2\\n",tf.string,0,tf.int64,1,delimiter=' ').lookup(tf.constant(['x','y','q'])),
    F("x 1\\ny 2\\n",tf.string,0,tf.float32,1,delimiter=' ').lookup(tf.constant(['x','y','q'])),
    F("x\\ny\\n",tf.int64,L.TextFileIndex.LINE_NUMBER,tf.string,L.TextFileIndex.WHOLE_LINE).lookup(tf.constant([0,1,5],tf.int64)),
    F("x\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER,value_index_offset=10).lookup(tf.constant(['x','y','q'])),
    F("x\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER,vocab_size=1).lookup(tf.constant(['x','y','q'])),
    err(lambda: F("x\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER,vocab_size=5).lookup(tf.constant(['x','y','q']))),
    err(lambda: F("x\\ny\\n",tf.int64,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER)),
    err(lambda: F("x\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int32,L.TextFileIndex.LINE_NUMBER)),
    err(lambda: F("x\\ny\\n",tf.string,-3,tf.int64,L.TextFileIndex.LINE_NUMBER)),
    err(lambda: F("x\\ny\\n",tf.string,0,tf.int64,1)),
]""",
    "F_2": PRELUDE
    + """
[
    err(lambda: F("x\\tq\\n",tf.string,0,tf.int64,1)),
    err(lambda: F("x\\nx\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER)),
    err(lambda: F("x\\n\\ny\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER).lookup(tf.constant(['x','','y']))),
    F("x\\r\\ny\\r\\n",tf.string,L.TextFileIndex.WHOLE_LINE,tf.int64,L.TextFileIndex.LINE_NUMBER).lookup(tf.constant(['x','x\\r','y'])),
]""",
    "M_1": PRELUDE
    + """
[
    M(tf.string,tf.int64,-1,[('a',1),('b',2)]).lookup(tf.constant(['a','q'])),
    M(tf.string,tf.int64,-1,[('a',1),('b',2)]).size(),
    M(tf.string,tf.int64,-1,[('a',1),('a',3)]).lookup(tf.constant('a')),
    M(tf.string,tf.float32,[0.,0.],[('a',[1.,2.])]).lookup(tf.constant([['a','q']])),
    M(tf.string,tf.float32,[0.,0.],[('a',[1.,2.])])['a'],
    M(tf.int64,tf.string,'?',[(1,'x')]).lookup(tf.constant([1,2],tf.int64)),
    M(tf.string,tf.int64,-1,[('a',1)]).lookup(tf.constant(['a','z']),dynamic_default_values=tf.constant([7,8],tf.int64)),
    M(tf.string,tf.int64,-1,[('a',1)]).lookup(tf.constant(['a','z']),dynamic_default_values=tf.constant(9,tf.int64)),
    err(lambda: M(tf.string,tf.int64,-1,[('a',1)]).insert(['x','y'],[1])),
    err(lambda: M(tf.string,tf.int64,-1,[('a',1)]).insert(['x'],[1.5])),
    err(lambda: M(tf.string,tf.int64,-1,[('a',1)]).insert([1],[1])),
    err(lambda: M(tf.string,tf.int64,'x',[])),
]""",
    "M_2": PRELUDE
    + """
[
    M(tf.string,tf.int64,-1,[]).export(),
    M(tf.string,tf.int64,-1,[('a',1)]).lookup(['a']),
]""",
    "D": PRELUDE
    + """
[
    D(tf.int64,tf.int64,-1,0,-1,[(5,50)]).lookup(tf.constant([5,6],tf.int64)),
    D(tf.int64,tf.int64,-1,0,-1,[(5,50)]).size(),
    D(tf.string,tf.float32,0.,'','$',[('a',1.)]).lookup(tf.constant(['a','q'])),
    D(tf.string,tf.float32,[0.,1.],'','$',[('a',[1.,2.])]).lookup(tf.constant(['a','q'])),
    err(lambda: D(tf.int64,tf.int64,-1,0,-1,[(0,50)])),
    err(lambda: D(tf.int64,tf.int64,-1,0,-1,[(-1,50)])),
    err(lambda: D(tf.int64,tf.int64,-1,0,0,[])),
    err(lambda: D(tf.int64,tf.int64,-1,0,-1,[(1,50)]).lookup(tf.constant([0],tf.int64))),
    err(lambda: D(tf.int64,tf.int64,-1,0,-1,[],initial_num_buckets=3)),
    D(tf.int64,tf.int64,-1,0,-1,[(1,50),(2,60)]).export()[0].shape[0] >= 2,
]""",
    "infn": PRELUDE
    + """
[
    infn(T(['a','b'],[1,2],-1), tf.constant(['b','q'])),
    infn(T([7,8],[1,2],-1), tf.constant([8,5])),
    infn(V([7,8],3), tf.constant([8,5],tf.int64)),
    infn(M(tf.string,tf.int64,-1,[('a',1)]), tf.constant(['a','q'])),
]""",
    "StaticHashTable_and_more": PRELUDE
    + """
[
    err(lambda: L.StaticHashTable('x',1)),
    err(lambda: L.StaticHashTable(L.TextFileInitializer('/nonexistent',tf.string,-2,tf.int64,-1),-1)),
    err(lambda: L.StaticVocabularyTable(L.KeyValueTensorInitializer(['a'],[1]),1)),
    err(lambda: L.StaticVocabularyTable(L.KeyValueTensorInitializer([1.5],tf.constant([1],tf.int64)),1)),
    err(lambda: L.StaticVocabularyTable(None,0)),
    [int(L.TextFileIndex.WHOLE_LINE),int(L.TextFileIndex.LINE_NUMBER)],
    RM(tf.string,tf.int64,-1,[('a',1),('b',2)],['a','zz']),
    L.experimental.MutableHashTable(tf.int32,tf.float32,0.).lookup(tf.constant([1])),
]""",
    "DE_and_more": PRELUDE
    + """
[
    DE(tf.int64,tf.int64,-1,0,-1,[(1,50),(2,60)],[1]),
    fn(lambda: T([1,2],[5,6],0).lookup(tf.constant([1,9]))),
    list(tf.data.Dataset.from_tensor_slices(['a','b','c']).map(T(['a','b'],[1,2],-1).lookup).as_numpy_iterator()),
    list(tf.data.Dataset.from_tensor_slices([1,2,3]).map(T([1,2],[1.5,2.],-1.).lookup).batch(2).as_numpy_iterator()),
    list(tf.data.Dataset.from_tensor_slices(['a','b','c']).batch(2).map(V(['a','b'],2).lookup).as_numpy_iterator()),
    fill(),
]""",
}
