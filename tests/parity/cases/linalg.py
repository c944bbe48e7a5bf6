"""Cases of tf.linalg."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def grad(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
L = tf.linalg
r = np.random.RandomState(0)
A = c(r.randn(3, 3).astype("float32"))
S = tf.matmul(A, A, transpose_b=True) + tf.eye(3)
M = c(r.randn(3, 2).astype("float32"))
"""

CASES = {
    "elementwise_1": PRELUDE
    + """
[
    tf.convert_to_tensor(True,tf.float32),
    tf.constant(True,tf.float32),
    tf.constant([True],tf.float32),
    tf.constant([True],tf.int32),
    tf.constant(True,tf.int32),
    tf.constant([-5,300],tf.uint8),
    tf.constant(300,tf.uint8),
    tf.constant(-5,tf.uint8),
    L.band_part(A,0,-1),
    L.trace([[1,2],[3,4]]),
    err(lambda: L.trace([1,2])),
    L.cross([1.,2.,3.],[4.,5.,6.]),
]""",
    "elementwise_2": PRELUDE
    + """
[
    err(lambda: L.cross([1.,2.],[4.,5.])),
    L.adjoint([[1+1j,2]]),
    L.matrix_transpose([[1,2]]),
    err(lambda: L.matrix_transpose([1,2])),
]""",
    "operators": PRELUDE
    + """
[
    c([1])+True,
]""",
    "reduce": PRELUDE
    + """
[
    err(lambda: tf.reduce_sum(None)),
]""",
    "chol": PRELUDE
    + """
[
    err(lambda: L.cholesky(tf.zeros([2,3]))),
    err(lambda: L.cholesky([[1,2],[2,1]])),
    L.cholesky_solve([[1.,0.],[2.,3.]],[[1.],[2.]]),
]""",
    "inv": PRELUDE
    + """
[
    err(lambda: L.inv([[0.,0.],[0.,0.]])),
    err(lambda: L.inv([[1.,2.,3.]])),
    L.pinv([[1.,2.],[3.,4.],[5.,6.]]),
    err(lambda: L.pinv([[1,2]])),
]""",
    "solve": PRELUDE
    + """
[
    err(lambda: L.solve([[0.,0.],[0.,0.]],[[1.],[1.]])),
    err(lambda: L.solve([[1.,0.],[0.,2.]],[1.,1.])),
    L.triangular_solve([[1.,5.],[2.,3.]],[[1.],[2.]]),
    L.triangular_solve([[1.,5.],[2.,3.]],[[1.],[2.]],lower=False,adjoint=True),
    L.triangular_solve([[0.,5.],[2.,3.]],[[1.],[2.]]),
    L.banded_triangular_solve([[2.,3.,4.],[0.,1.,1.]],[[1.],[2.],[3.]]),
    L.banded_triangular_solve([[0.,1.,1.],[2.,3.,4.]],[[1.],[2.],[3.]],lower=False),
]""",
    "det": PRELUDE
    + """
[
    L.det([[0.,0.],[0.,0.]]),
    err(lambda: L.det([[1.,2.,3.]])),
    L.slogdet([[0.,0.],[0.,0.]]),
    L.slogdet([[-1.,0.],[0.,2.]]),
    L.logdet([[2.,0.],[0.,2.]]),
]""",
    "lu": PRELUDE
    + """
[
    L.lu([[1.,2.],[3.,4.]]),
    L.lu([[1.,2.],[3.,4.]],tf.int64),
    err(lambda: L.lu([[0.,0.],[0.,0.]])),
    err(lambda: L.lu([[1.,2.,3.]])),
    L.lu_solve(*L.lu([[1.,2.],[3.,4.]]),[[1.],[2.]]),
    L.lu_matrix_inverse(*L.lu([[1.,2.],[3.,4.]])),
    L.lu_reconstruct(*L.lu([[1.,2.],[3.,4.]])),
]""",
    "qr": PRELUDE
    + """
[
    L.qr([[1.,2.],[3.,4.],[5.,6.]]),
    L.qr([[1.,2.],[3.,4.],[5.,6.]],full_matrices=True),
    L.qr([[1.,2.,3.],[3.,4.,5.]]),
]""",
    "eig": PRELUDE
    + """
[
    L.eigh([[2.,1.],[1.,2.]]),
    L.eigvalsh([[2.,1.],[1.,2.]]),
    L.eigh_tridiagonal([1.,2.,3.],[.5,.6]),
    L.eigh_tridiagonal([1.,2.,3.],[.5,.6],eigvals_only=False),
    L.eigh_tridiagonal([1.,2.,3.],[.5,.6],select='i',select_range=[0,1]),
    L.eigh_tridiagonal([1.,2.,3.],[.5,.6],select='v',select_range=[1.5,4.]),
]""",
    "expm": PRELUDE
    + """
[
    L.expm([[1.,2.],[3.,4.]]),
]""",
    "logm": PRELUDE
    + """
[
    err(lambda: L.logm([[1.,2.],[3.,4.]])),
    L.logm(c([[2.,1.],[1.,2.]],tf.complex64)),
]""",
    "sqrtm": PRELUDE
    + """
[
    L.sqrtm([[4.,1.],[1.,3.]]),
]""",
    "lstsq": PRELUDE
    + """
[
    L.lstsq(M,tf.ones([3,1])),
    L.lstsq(M,tf.ones([3,1]),fast=False),
    L.lstsq(M,tf.ones([3,1]),l2_regularizer=.5),
    L.lstsq(tf.transpose(M),tf.ones([2,1])),
    L.lstsq(tf.transpose(M),tf.ones([2,1]),l2_regularizer=.5),
    L.lstsq(tf.transpose(M),tf.ones([2,1]),fast=False),
]""",
    "norm_1": PRELUDE
    + """
[
    err(lambda: L.norm([3,4])),
    L.norm([3.,4.]),
    L.norm([3.,4.],ord=1),
    err(lambda: L.norm([3.,4.],ord='fro',axis=[-2,-1])),
    L.norm([[3.,4.],[1.,2.]],ord='fro',axis=[-2,-1]),
    L.norm([[3.,4.],[1.,2.]],ord=2,axis=[0,1]),
    L.norm([[3.,4.],[1.,2.]],ord=1,axis=(0,1)),
    L.norm([[3.,4.],[1.,2.]],ord=np.inf),
    L.norm([[3.,4.],[1.,2.]],ord=np.inf,axis=(0,1)),
    L.norm([[3.,4.],[1.,2.]],ord=1.5,axis=0),
    err(lambda: L.norm([[3.,4.],[1.,2.]],ord=-1)),
    err(lambda: L.norm([[3.,4.],[1.,2.]],ord='nuc')),
]""",
    "norm_2": PRELUDE
    + """
[
    err(lambda: L.norm([[3.,4.],[1.,2.]],axis=[0,1,1])),
    L.norm([[3.,4.],[1.,2.]],axis=1,keepdims=True),
    L.norm(c([3+4j])),
    L.normalize([3.,4.]),
    L.normalize([[3.,4.]],axis=1,ord=1),
]""",
    "rank": PRELUDE
    + """
[
    L.matrix_rank([[1.,2.],[2.,4.]]),
    err(lambda: L.matrix_rank([1.,2.])),
]""",
    "einsum": PRELUDE
    + """
[
    L.einsum('ij,jk->ik',A,M),
    tf.einsum('ij',A),
    tf.einsum('ii->i',A),
    tf.einsum('ii',A),
    tf.einsum('...ij,...jk->...ik',A[None],M[None]).shape,
    tf.einsum('ij,jk',A,M),
    err(lambda: tf.einsum('ij,jk->ik',A,tf.transpose(M))),
    err(lambda: tf.einsum('ij->ik',A)),
    err(lambda: tf.einsum('ij,jk->ik',A)),
    tf.einsum('ij,jk->ik',A,M,optimize='optimal'),
    err(lambda: tf.einsum('ij,jk->ik',A,M,foo=1)),
]""",
    "tensordot": PRELUDE
    + """
[
    tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],1),
    tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],0),
    tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],2),
    tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],[[0,1],[1,0]]),
    tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],[1,0]),
    err(lambda: tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],3)),
    err(lambda: tf.tensordot([[1,2],[3,4]],[[1,2],[3,4]],-1)),
    err(lambda: tf.tensordot([[1,2],[3,4]],[[1,2,3]],1)),
]""",
    "eye": PRELUDE
    + """
[
    tf.eye(2),
    tf.eye(2,3,batch_shape=[2],dtype=tf.int32),
    tf.eye(2,dtype=tf.bool),
    err(lambda: tf.eye(-1)),
]""",
    "linspace": PRELUDE
    + """
[
    tf.linspace(0.,1.,5),
    tf.linspace(0,1,3),
    tf.linspace([0.,1.],[2.,3.],3),
    tf.linspace([0.,1.],[2.,3.],3,axis=-1),
    tf.linspace(0.,1.,1),
    tf.linspace(0.,1.,0),
    tf.linspace(0.,1,3),
    tf.linspace(c(0.,tf.float64),1.,3),
]""",
    "matvec": PRELUDE
    + """
[
    L.matvec(A,[1.,2.,3.]),
    err(lambda: L.matvec(A,[1.,2.])),
]""",
    "diag_1": PRELUDE
    + """
[
    err(lambda: L.diag([1,2],k=(-1,1))),
    L.diag([[1,2,0],[4,5,6],[0,7,8]],k=(-1,1)),
    L.diag([[1,2,3],[4,5,6],[7,8,9]],k=(-1,1),align='LEFT_RIGHT'),
    L.diag([[1,2,3],[4,5,6],[7,8,9]],k=(-1,1),align='RIGHT_LEFT'),
    L.diag([[1,2,3],[4,5,6],[7,8,9]],k=(-1,1),align='LEFT_LEFT'),
    err(lambda: L.diag([1,2],k=1,num_rows=3,num_cols=4,padding_value=7)),
    L.diag([1,2],k=-1,num_rows=3),
    L.diag_part([[1,2,3],[4,5,6]],k=(-1,1)),
    L.diag_part([[1,2,3],[4,5,6]],k=(-1,1),align='LEFT_RIGHT',padding_value=9),
    err(lambda: L.diag_part([[1,2,3],[4,5,6]],k=5)),
    L.set_diag([[1,2,3],[4,5,6]],[7,8]),
    L.set_diag([[1,2,3],[4,5,6]],[[7,8],[9,10]],k=(0,1)),
]""",
    "diag_2": PRELUDE
    + """
[
    L.set_diag([[1,2,3],[4,5,6]],[7,8],k=1),
    err(lambda: L.set_diag([[1,2,3],[4,5,6]],[7,8,9])),
    L.tensor_diag([[1,2],[3,4]]),
    L.tensor_diag_part([[1,2],[3,4]]),
    err(lambda: L.tensor_diag_part([[1,2,3],[3,4,5]])),
]""",
    "matmul": PRELUDE
    + """
[
    err(lambda: tf.matmul([[1.,2.]],[[1.,2.]])),
    tf.matmul([[1.,2.]],[[1.,2.]],transpose_b=True),
    err(lambda: tf.matmul([[1.,2.]],[[1.,2.]],transpose_b=True,adjoint_b=True)),
    err(lambda: tf.matmul([1.],[2.])),
    tf.matmul(c([[1]],tf.int8),c([[2]],tf.int8),output_type=tf.int32),
    err(lambda: tf.matmul([[True]],[[True]])),
]""",
    "gradient_det": PRELUDE
    + """
[
    grad(L.det,[[1.,2.],[3.,4.]]),
    grad(lambda x:L.logdet(x),[[2.,1.],[1.,3.]]),
]""",
    "gradient_chol": PRELUDE
    + """
[
    grad(L.cholesky,[[2.,1.],[1.,2.]]),
    grad(lambda x:L.cholesky(x),[[2.,0.],[1.,2.]]),
]""",
    "gradient_inv": PRELUDE
    + """
[
    grad(L.inv,[[1.,2.],[3.,4.]]),
    grad(lambda x:L.pinv(x),[[1.,2.],[3.,4.]]),
]""",
    "gradient_svd": PRELUDE
    + """
[
    grad(lambda x:L.svd(x,compute_uv=False),[[1.,2.],[3.,4.]]),
]""",
    "gradient_qr": PRELUDE
    + """
[
    grad(lambda x:L.qr(x)[1],[[1.,2.],[3.,4.]]),
]""",
    "gradient_eig": PRELUDE
    + """
[
    grad(lambda x:L.eigvalsh(x),[[2.,1.],[1.,3.]]),
]""",
    "gradient_expm": PRELUDE
    + """
[
    grad(lambda x:L.expm(x),[[.2,.1],[.1,.3]]),
]""",
    "gradient_sqrtm": PRELUDE
    + """
[
    grad(lambda x:L.sqrtm(x),[[4.,1.],[1.,3.]]),
]""",
    "gradient_lstsq": PRELUDE
    + """
[
    grad(lambda x:L.lstsq(x,[[1.],[2.],[3.]]),[[1.,2.],[3.,4.],[4.,9.]]),
]""",
    "gradient_solve": PRELUDE
    + """
[
    grad(lambda x:L.triangular_solve(x,[[1.],[2.]]),[[1.,2.],[3.,4.]]),
]""",
    "gradient_norm": PRELUDE
    + """
[
    grad(lambda x:L.norm(x,ord=2,axis=[0,1]),[[1.,2.],[3.,4.]]),
]""",
    "gradient_elementwise": PRELUDE
    + """
[
    grad(lambda x:L.band_part(x,0,0),[[1.,2.],[3.,4.]]),
]""",
    "products_that_do_not_fit": PRELUDE
    + """
import re
def told(f):
    try:
        f()
    except Exception as e:
        text = re.sub(r"{{function_node \\S*}} ", "", str(e).strip().splitlines()[-1].strip())
        return type(e).__name__, text.split(" for '")[0]
    return "no error"
a, b, v = tf.zeros([2, 3]), tf.zeros([5, 2, 3]), tf.zeros([2])
products = [
    lambda a, b, v: tf.matmul(a, a),
    lambda a, b, v: a @ a,
    lambda a, b, v: tf.matmul(a, tf.ones([4, 2]), transpose_b=True),
    lambda a, b, v: tf.matmul(b, b),
    lambda a, b, v: tf.tensordot(a, a, 1),
    lambda a, b, v: L.matvec(a, v),
    lambda a, b, v: keras.ops.matmul(a, a),
    lambda a, b, v: keras.ops.dot(a, a),
]
[[told(lambda: f(a, b, v)), told(lambda: tf.function(f, autograph=False)(a, b, v))] for f in products]""",
}
