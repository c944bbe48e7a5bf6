"""Cases of the linear operators of tf.linalg."""

OPERATORS = """\
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
x3=c([[1.,2.],[3.,4.],[5.,6.]]); S3=c([[4.,1.,.5],[1.,3.,.2],[.5,.2,2.]])
D=L.LinearOperatorDiag([1.,2.,3.]); F=L.LinearOperatorFullMatrix(S3,is_self_adjoint=True,is_positive_definite=True); F2=L.LinearOperatorFullMatrix([[1.,2.],[3.,5.]])
T=L.LinearOperatorLowerTriangular(S3); I=L.LinearOperatorIdentity(3); SI=L.LinearOperatorScaledIdentity(3,2.); Z=L.LinearOperatorZeros(3)
P=L.LinearOperatorPermutation([2,0,1]); H=L.LinearOperatorHouseholder([1.,2.,2.]); TO=L.LinearOperatorToeplitz([1.,2.,3.],[1.,4.,5.])
TR=L.LinearOperatorTridiag([[3.,4.,0.],[1.,2.,3.],[0.,5.,6.]]); C1=L.LinearOperatorCirculant(c([4.,1.,1.]),input_output_dtype=tf.float32)
C2=L.LinearOperatorCirculant2D(c([[4.,1.],[1.,2.]]),input_output_dtype=tf.float32); C3=L.LinearOperatorCirculant3D(c([[[4.,1.],[1.,2.]]]),input_output_dtype=tf.float32)
K=L.LinearOperatorKronecker([F2,L.LinearOperatorDiag([1.,2.])]); B=L.LinearOperatorBlockDiag([F2,L.LinearOperatorDiag([1.,2.,3.])])
BL=L.LinearOperatorBlockLowerTriangular([[F2],[L.LinearOperatorFullMatrix([[1.,2.],[3.,4.],[5.,6.]]),D]])
U=L.LinearOperatorLowRankUpdate(D,x3,[.5,1.5],is_diag_update_positive=True); U2=L.LinearOperatorLowRankUpdate(F,x3,v=x3*.5)
CO=L.LinearOperatorComposition([F,D]); AD=L.LinearOperatorAdjoint(T); IN=L.LinearOperatorInversion(F)
Rect=L.LinearOperatorFullMatrix(x3)
BD=L.LinearOperatorDiag([[1.,2.],[3.,4.]])
"""

CASES = {
    "operator_diag": OPERATORS
    + """
[
    D.to_dense(),
    D.matmul(x3),
    D.matmul(x3,adjoint=True),
    D.solve(x3),
    D.solve(x3,adjoint=True),
    D.matvec([1.,2.,3.]),
    D.solvevec([1.,2.,3.]),
    D.determinant(),
    D.log_abs_determinant(),
    D.diag_part(),
    D.trace(),
    D.add_to_tensor(S3),
    D.shape,
    [D.is_square,D.is_self_adjoint,D.is_positive_definite,D.is_non_singular],
    D.adjoint().to_dense(),
    D.inverse().to_dense(),
    type(D.adjoint()).__name__,
    type(D.inverse()).__name__,
    D.cond(),
    D.dtype,
    D.name,
    tf.sort(tf.math.real(D.eigvals())),
    type(D.matmul(D)).__name__,
    D.matmul(D).to_dense(),
    err(lambda: D.cholesky()),
    type(D@D).__name__,
    D.assert_non_singular(),
]""",
    "operator_full": OPERATORS
    + """
[
    F.to_dense(),
    F.matmul(x3),
    F.matmul(x3,adjoint=True),
    F.solve(x3),
    F.solve(x3,adjoint=True),
    F.matvec([1.,2.,3.]),
    F.solvevec([1.,2.,3.]),
    F.determinant(),
    F.log_abs_determinant(),
    F.diag_part(),
    F.trace(),
    F.add_to_tensor(S3),
    F.shape,
    [F.is_square,F.is_self_adjoint,F.is_positive_definite,F.is_non_singular],
    F.adjoint().to_dense(),
    F.inverse().to_dense(),
    type(F.adjoint()).__name__,
    type(F.inverse()).__name__,
    F.cond(),
    F.dtype,
    F.name,
    tf.sort(tf.math.real(F.eigvals())),
    type(F.matmul(F)).__name__,
    F.matmul(F).to_dense(),
    F.cholesky().to_dense(),
    F@x3,
    type(F@I).__name__,
    F.shape_tensor(),
    F.domain_dimension_tensor(),
    F.range_dimension,
    F.assert_positive_definite(),
    F.assert_self_adjoint(),
    err(lambda: F.matmul(tf.ones([2,2]))),
    err(lambda: F.matmul(tf.ones([3,2],tf.float64))),
    F.H.to_dense(),
]""",
    "operator_lower_triangular": OPERATORS
    + """
[
    T.to_dense(),
    T.matmul(x3),
    T.matmul(x3,adjoint=True),
    T.solve(x3),
    T.solve(x3,adjoint=True),
    T.matvec([1.,2.,3.]),
    T.solvevec([1.,2.,3.]),
    T.determinant(),
    T.log_abs_determinant(),
    T.diag_part(),
    T.trace(),
    T.add_to_tensor(S3),
    T.shape,
    [T.is_square,T.is_self_adjoint,T.is_positive_definite,T.is_non_singular],
    T.adjoint().to_dense(),
    T.inverse().to_dense(),
    type(T.adjoint()).__name__,
    type(T.inverse()).__name__,
    T.cond(),
    T.dtype,
    T.name,
    err(lambda: tf.sort(tf.math.real(T.eigvals()))),
    type(T.matmul(T)).__name__,
    T.matmul(T).to_dense(),
    err(lambda: T.cholesky()),
    err(lambda: T.assert_self_adjoint()),
]""",
    "operator_identity": OPERATORS
    + """
[
    I.to_dense(),
    I.matmul(x3),
    I.matmul(x3,adjoint=True),
    I.solve(x3),
    I.solve(x3,adjoint=True),
    I.matvec([1.,2.,3.]),
    I.solvevec([1.,2.,3.]),
    I.determinant(),
    I.log_abs_determinant(),
    I.diag_part(),
    I.trace(),
    I.add_to_tensor(S3),
    I.shape,
    [I.is_square,I.is_self_adjoint,I.is_positive_definite,I.is_non_singular],
    I.adjoint().to_dense(),
    I.inverse().to_dense(),
    I.cond(),
    I.dtype,
    I.name,
    I.matmul(I).to_dense(),
]""",
    "operator_errors_and_functions": OPERATORS
    + """
[
    type(I.adjoint()).__name__,
    type(I.inverse()).__name__,
    tf.sort(tf.math.real(I.eigvals())),
    type(I.matmul(I)).__name__,
    L.LinearOperatorDiag([1.,4.],is_positive_definite=True).cholesky().to_dense(),
    L.matmul(F,x3),
    L.matvec(F,[1.,2.,3.]),
    L.det(F),
    L.trace(F),
    L.adjoint(T).to_dense(),
    L.solve(F,x3),
    L.cholesky(F).to_dense(),
    L.diag_part(F),
    L.logdet(F),
    err(lambda: L.LinearOperatorDiag([1.,0.]).assert_non_singular()),
    err(lambda: L.LinearOperatorDiag([1.,-1.]).assert_positive_definite()),
    err(lambda: L.LinearOperatorDiag([1.,2.],is_self_adjoint=False)),
    err(lambda: L.LinearOperatorIdentity(2,is_square=False)),
    err(lambda: L.LinearOperatorFullMatrix([1.,2.])),
    err(lambda: L.LinearOperatorFullMatrix(S3,is_positive_definite=True,is_non_singular=False)),
    err(lambda: L.LinearOperatorComposition([])),
    err(lambda: L.LinearOperatorPermutation([0,0])),
    L.experimental.conjugate_gradient(F,c([1.,2.,3.])),
    L.experimental.conjugate_gradient(F,c([1.,2.,3.]),max_iter=1,x=c([.1,.1,.1])),
    err(lambda: L.experimental.conjugate_gradient(T,c([1.,2.,3.]))),
    L.LinearOperatorDiag(tf.Variable([1.,2.])).trainable_variables,
    sorted(F.parameters),
    isinstance(F,tf.Module),
]""",
    "operator_scaled_identity": OPERATORS
    + """
[
    SI.to_dense(),
    SI.matmul(x3),
    SI.matmul(x3,adjoint=True),
    SI.solve(x3),
    SI.solve(x3,adjoint=True),
    SI.matvec([1.,2.,3.]),
    SI.solvevec([1.,2.,3.]),
    SI.determinant(),
    SI.log_abs_determinant(),
    SI.diag_part(),
    SI.trace(),
    SI.add_to_tensor(S3),
    SI.shape,
    [SI.is_square,SI.is_self_adjoint,SI.is_positive_definite,SI.is_non_singular],
    SI.adjoint().to_dense(),
    SI.inverse().to_dense(),
    type(SI.adjoint()).__name__,
    type(SI.inverse()).__name__,
    SI.cond(),
    SI.dtype,
    SI.name,
    tf.sort(tf.math.real(SI.eigvals())),
    type(SI.matmul(SI)).__name__,
    SI.matmul(SI).to_dense(),
    err(lambda: SI.cholesky()),
]""",
    "operator_permutation": OPERATORS
    + """
[
    P.to_dense(),
    P.matmul(x3),
    P.matmul(x3,adjoint=True),
    P.solve(x3),
    P.solve(x3,adjoint=True),
    P.matvec([1.,2.,3.]),
    P.solvevec([1.,2.,3.]),
    P.determinant(),
    P.log_abs_determinant(),
    P.diag_part(),
    P.trace(),
    P.add_to_tensor(S3),
    P.shape,
    [P.is_square,P.is_self_adjoint,P.is_positive_definite,P.is_non_singular],
    P.adjoint().to_dense(),
    P.inverse().to_dense(),
    type(P.adjoint()).__name__,
    type(P.inverse()).__name__,
    P.cond(),
    P.dtype,
    P.name,
    err(lambda: tf.sort(tf.math.real(P.eigvals()))),
    type(P.matmul(P)).__name__,
    P.matmul(P).to_dense(),
]""",
    "operator_householder": OPERATORS
    + """
[
    H.to_dense(),
    H.matmul(x3),
    H.matmul(x3,adjoint=True),
    H.solve(x3),
    H.solve(x3,adjoint=True),
    H.matvec([1.,2.,3.]),
    H.solvevec([1.,2.,3.]),
    H.determinant(),
    H.log_abs_determinant(),
    H.diag_part(),
    H.trace(),
    H.add_to_tensor(S3),
    H.shape,
    [H.is_square,H.is_self_adjoint,H.is_positive_definite,H.is_non_singular],
    H.adjoint().to_dense(),
    H.inverse().to_dense(),
    type(H.adjoint()).__name__,
    type(H.inverse()).__name__,
    H.cond(),
    H.dtype,
    H.name,
    tf.sort(tf.math.real(H.eigvals())),
    type(H.matmul(H)).__name__,
    H.matmul(H).to_dense(),
]""",
    "operator_toeplitz": OPERATORS
    + """
[
    TO.to_dense(),
    TO.matmul(x3),
    TO.matmul(x3,adjoint=True),
    TO.solve(x3),
    TO.solve(x3,adjoint=True),
    TO.matvec([1.,2.,3.]),
    TO.solvevec([1.,2.,3.]),
    TO.determinant(),
    TO.log_abs_determinant(),
    TO.diag_part(),
    TO.trace(),
    TO.add_to_tensor(S3),
    TO.shape,
    [TO.is_square,TO.is_self_adjoint,TO.is_positive_definite,TO.is_non_singular],
    TO.adjoint().to_dense(),
    TO.inverse().to_dense(),
    type(TO.adjoint()).__name__,
    type(TO.inverse()).__name__,
    TO.cond(),
    TO.dtype,
    TO.name,
    err(lambda: tf.sort(tf.math.real(TO.eigvals()))),
    type(TO.matmul(TO)).__name__,
    TO.matmul(TO).to_dense(),
]""",
    "operator_tridiag": OPERATORS
    + """
[
    TR.to_dense(),
    TR.matmul(x3),
    TR.matmul(x3,adjoint=True),
    TR.solve(x3),
    TR.solve(x3,adjoint=True),
    TR.matvec([1.,2.,3.]),
    TR.solvevec([1.,2.,3.]),
    TR.determinant(),
    TR.log_abs_determinant(),
    TR.diag_part(),
    TR.trace(),
    TR.add_to_tensor(S3),
    TR.shape,
    [TR.is_square,TR.is_self_adjoint,TR.is_positive_definite,TR.is_non_singular],
    TR.adjoint().to_dense(),
    TR.inverse().to_dense(),
    type(TR.adjoint()).__name__,
    type(TR.inverse()).__name__,
    TR.cond(),
    TR.dtype,
    TR.name,
    err(lambda: tf.sort(tf.math.real(TR.eigvals()))),
    type(TR.matmul(TR)).__name__,
    TR.matmul(TR).to_dense(),
]""",
    "operator_circulant": OPERATORS
    + """
[
    C1.to_dense(),
    C1.matmul(x3),
    C1.matmul(x3,adjoint=True),
    C1.solve(x3),
    C1.solve(x3,adjoint=True),
    C1.matvec([1.,2.,3.]),
    C1.solvevec([1.,2.,3.]),
    C1.determinant(),
    C1.log_abs_determinant(),
    C1.diag_part(),
    C1.trace(),
    C1.add_to_tensor(S3),
    C1.shape,
    [C1.is_square,C1.is_self_adjoint,C1.is_positive_definite,C1.is_non_singular],
    C1.adjoint().to_dense(),
    C1.inverse().to_dense(),
    type(C1.adjoint()).__name__,
    type(C1.inverse()).__name__,
    C1.cond(),
    C1.dtype,
    C1.name,
    tf.sort(tf.math.real(C1.eigvals())),
    type(C1.matmul(C1)).__name__,
    C1.matmul(C1).to_dense(),
    C1.convolution_kernel(),
    C1.spectrum,
]""",
    "operator_low_rank_update": OPERATORS
    + """
[
    U.to_dense(),
    U.matmul(x3),
    U.matmul(x3,adjoint=True),
    U.solve(x3),
    U.solve(x3,adjoint=True),
    U.matvec([1.,2.,3.]),
    U.solvevec([1.,2.,3.]),
    U.determinant(),
    U.log_abs_determinant(),
    U.diag_part(),
    U.trace(),
    U.add_to_tensor(S3),
    U.shape,
    [U.is_square,U.is_self_adjoint,U.is_positive_definite,U.is_non_singular],
    U.adjoint().to_dense(),
    U.inverse().to_dense(),
    type(U.adjoint()).__name__,
    type(U.inverse()).__name__,
    U.dtype,
    U.name,
    tf.sort(tf.math.real(U.eigvals())),
    type(U.matmul(U)).__name__,
    U.matmul(U).to_dense(),
]""",
    "operator_low_rank_update_of_full": OPERATORS
    + """
[
    U2.to_dense(),
    U2.matmul(x3),
    U2.matmul(x3,adjoint=True),
    U2.solve(x3),
    U2.solve(x3,adjoint=True),
    U2.matvec([1.,2.,3.]),
    U2.solvevec([1.,2.,3.]),
    U2.determinant(),
    U2.log_abs_determinant(),
    U2.diag_part(),
    U2.trace(),
    U2.add_to_tensor(S3),
    U2.shape,
    [U2.is_square,U2.is_self_adjoint,U2.is_positive_definite,U2.is_non_singular],
    U2.adjoint().to_dense(),
    U2.inverse().to_dense(),
    type(U2.adjoint()).__name__,
    type(U2.inverse()).__name__,
    U2.cond(),
    U2.dtype,
    U2.name,
    err(lambda: tf.sort(tf.math.real(U2.eigvals()))),
    type(U2.matmul(U2)).__name__,
    U2.matmul(U2).to_dense(),
]""",
    "operator_composition": OPERATORS
    + """
[
    CO.to_dense(),
    CO.matmul(x3),
    CO.matmul(x3,adjoint=True),
    CO.solve(x3),
    CO.solve(x3,adjoint=True),
    CO.matvec([1.,2.,3.]),
    CO.solvevec([1.,2.,3.]),
    CO.determinant(),
    CO.log_abs_determinant(),
    CO.diag_part(),
    CO.trace(),
    CO.add_to_tensor(S3),
    CO.shape,
    [CO.is_square,CO.is_self_adjoint,CO.is_positive_definite,CO.is_non_singular],
    CO.adjoint().to_dense(),
    CO.inverse().to_dense(),
    type(CO.adjoint()).__name__,
    type(CO.inverse()).__name__,
    CO.cond(),
    CO.dtype,
    CO.name,
    err(lambda: tf.sort(tf.math.real(CO.eigvals()))),
    type(CO.matmul(CO)).__name__,
    CO.matmul(CO).to_dense(),
]""",
    "operator_adjoint": OPERATORS
    + """
[
    AD.to_dense(),
    AD.matmul(x3),
    AD.matmul(x3,adjoint=True),
    AD.solve(x3),
    AD.solve(x3,adjoint=True),
    AD.matvec([1.,2.,3.]),
    AD.solvevec([1.,2.,3.]),
    AD.determinant(),
    AD.log_abs_determinant(),
    AD.diag_part(),
    AD.trace(),
    AD.add_to_tensor(S3),
    AD.shape,
    [AD.is_square,AD.is_self_adjoint,AD.is_positive_definite,AD.is_non_singular],
    AD.adjoint().to_dense(),
    AD.inverse().to_dense(),
    type(AD.adjoint()).__name__,
    type(AD.inverse()).__name__,
    AD.cond(),
    AD.dtype,
    AD.name,
    err(lambda: tf.sort(tf.math.real(AD.eigvals()))),
    type(AD.matmul(AD)).__name__,
    AD.matmul(AD).to_dense(),
]""",
    "operator_inversion": OPERATORS
    + """
[
    IN.to_dense(),
    IN.matmul(x3),
    IN.matmul(x3,adjoint=True),
    IN.solve(x3),
    IN.solve(x3,adjoint=True),
    IN.matvec([1.,2.,3.]),
    IN.solvevec([1.,2.,3.]),
    IN.determinant(),
    IN.log_abs_determinant(),
    IN.diag_part(),
    IN.trace(),
    IN.add_to_tensor(S3),
    IN.shape,
    [IN.is_square,IN.is_self_adjoint,IN.is_positive_definite,IN.is_non_singular],
    IN.adjoint().to_dense(),
    IN.inverse().to_dense(),
    type(IN.adjoint()).__name__,
    type(IN.inverse()).__name__,
    IN.cond(),
    IN.dtype,
    IN.name,
    tf.sort(tf.math.real(IN.eigvals())),
    type(IN.matmul(IN)).__name__,
    IN.matmul(IN).to_dense(),
]""",
    "operator_zeros": OPERATORS
    + """
[
    Z.to_dense(),
    Z.matmul(x3),
    err(lambda: Z.solve(x3)),
    Z.determinant(),
    err(lambda: Z.inverse()),
]""",
    "operator_kronecker": OPERATORS
    + """
[
    K.to_dense(),
    K.matvec([1.,2.,3.,4.]),
    K.solvevec([1.,2.,3.,4.]),
    K.determinant(),
    K.log_abs_determinant(),
    K.shape,
]""",
    "operator_block_diag": OPERATORS
    + """
[
    B.to_dense(),
    B.matmul(tf.ones([5,1])),
    B.matmul([tf.ones([2,1]),tf.ones([3,1])]),
    B.solve([tf.ones([2,1]),tf.ones([3,1])]),
    B.determinant(),
    B.inverse().to_dense(),
    B.diag_part(),
]""",
    "operator_block_lower_triangular": OPERATORS
    + """
[
    BL.to_dense(),
    BL.matmul(tf.ones([5,1])),
    BL.matmul([tf.ones([2,1]),tf.ones([3,1])],adjoint=True),
    BL.solve([tf.ones([2,1]),tf.ones([3,1])]),
    BL.solve(tf.ones([5,1]),adjoint=True),
    BL.determinant(),
    BL.shape,
]""",
    "operator_circulant2d": OPERATORS
    + """
[
    C2.to_dense(),
    C2.matvec([1.,2.,3.,4.]),
    C2.solvevec([1.,2.,3.,4.]),
    C2.determinant(),
    C2.block_shape,
]""",
    "operator_circulant3d": OPERATORS
    + """
[
    C3.to_dense(),
]""",
    "operator_rectangular": OPERATORS
    + """
[
    Rect.matmul(tf.ones([2,2])),
    err(lambda: Rect.solve(x3)),
    err(lambda: Rect.determinant()),
    Rect.is_square,
    err(lambda: Rect.matmul(x3)),
]""",
    "operator_batch": OPERATORS
    + """
[
    BD.shape,
    BD.batch_shape,
    BD.tensor_rank,
    BD.domain_dimension,
    BD.to_dense(),
    BD.matvec([1.,1.]),
    BD.determinant(),
]""",
}
CASES["operator_products"] = """
L = tf.linalg
pd = tf.constant([[4., 1., .5], [1., 3., .2], [.5, .2, 2.]])
full, diag, scaled, lower = L.LinearOperatorFullMatrix(pd), L.LinearOperatorDiag([1., 2., 3.]), L.LinearOperatorScaledIdentity(3, 2.), L.LinearOperatorLowerTriangular(pd)
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
products = [a.matmul(b) for a, b in ((scaled, diag), (diag, scaled), (lower, diag), (diag, lower), (full, diag))]
[
    [(type(o).__name__, o.to_dense()) for o in products], L.LinearOperatorInversion(full).is_non_singular,
    L.LinearOperatorCirculant2D(tf.cast([[6., 1., 1.], [2., 3., 4.]], tf.complex64)).cond(),
    [said(o.assert_positive_definite) for o in (full, lower, diag, scaled, L.LinearOperatorBlockDiag([full]), L.LinearOperatorAdjoint(full), L.LinearOperatorFullMatrix(pd, is_self_adjoint=True))],
]"""

CASES["lists_of_vectors_and_sizes"] = f"""{OPERATORS}
L = tf.linalg
d, f = L.LinearOperatorDiag([1.0, 2.0]), L.LinearOperatorFullMatrix([[2.0, 1.0], [1.0, 3.0]])
b, t = L.LinearOperatorBlockDiag([d, f]), L.LinearOperatorBlockLowerTriangular([[d], [f, f]])
x = [tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0])]
[
    b.matvec(x), b.solvevec(x), b.solvevec([[1.0, 2.0], [3.0, 4.0]]), t.matvec(x), t.solvevec(x), t.matvec(x, adjoint=True),
    b.matvec(tf.concat(x, 0)), t.solvevec(tf.concat(x, 0)), err(lambda: L.LinearOperatorDiag(5.0)),
    err(lambda: L.LinearOperatorComposition([d, L.LinearOperatorIdentity(3)]).shape),
]"""
