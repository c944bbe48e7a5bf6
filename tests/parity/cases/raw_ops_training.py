"""Cases of tf.raw_ops: variables and optimizers."""

import pathlib
import runpy

PRELUDE = runpy.run_path(str(pathlib.Path(__file__).with_name("_raw_ops.py")))["PRELUDE"]

CASES = {
    "VarIsInitializedOp_and_more": PRELUDE
    + """
[
    R.VarIsInitializedOp(resource=tf.Variable(1.).handle),
    R.VariableShape(input=tf.Variable(f).handle),
    R.VariableShape(input=tf.Variable(f).handle,out_type=tf.int64),
    R.ResourceGather(resource=tf.Variable(f).handle,indices=[1,0],dtype=tf.float32),
    R.ResourceGather(resource=tf.Variable(f).handle,indices=[[1,0],[0,1]],dtype=tf.float32,batch_dims=1),
    R.ResourceGatherNd(resource=tf.Variable(f).handle,indices=[[1,0]],dtype=tf.float32),
    (lambda x:(R.ResourceScatterNdUpdate(ref=x.handle,indices=[[1]],updates=[9.]),x.read_value())[1])(tf.Variable(v)),
    (lambda x:(R.ResourceScatterNdAdd(ref=x.handle,indices=[[1]],updates=[9.]),x.read_value())[1])(tf.Variable(v)),
]""",
    "ResourceScatterNdSub_and_more": PRELUDE
    + """
[
    (lambda x:(R.ResourceScatterNdSub(ref=x.handle,indices=[[1]],updates=[9.]),x.read_value())[1])(tf.Variable(v)),
    (lambda x:(R.ResourceScatterNdMax(ref=x.handle,indices=[[1]],updates=[9.]),x.read_value())[1])(tf.Variable(v)),
    (lambda x:(R.ResourceScatterNdMin(ref=x.handle,indices=[[1]],updates=[-9.]),x.read_value())[1])(tf.Variable(v)),
    (lambda x:(R.ResourceCountUpTo(resource=x.handle,limit=5,T=tf.int32),x.read_value()))(tf.Variable(3)),
    (lambda x:(R.DestroyResourceOp(resource=x.handle),0)[1])(tf.Variable(3)),
    (lambda x,a:(R.ResourceApplyAdagrad(var=x.handle,accum=a.handle,lr=.1,grad=v),x.read_value(),a.read_value())[1:])(tf.Variable(v),tf.Variable(v*v)),
    (lambda x,a,b:(R.ResourceApplyAdadelta(var=x.handle,accum=a.handle,accum_update=b.handle,lr=.1,rho=.9,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v*v)),
    (lambda x,a,b:(R.ResourceApplyAdaMax(var=x.handle,m=a.handle,v=b.handle,beta1_power=.9,lr=.1,beta1=.9,beta2=.99,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v*v)),
]""",
    "ResourceApplyAdam_and_more": PRELUDE
    + """
[
    (lambda x,a,b:(R.ResourceApplyAdam(var=x.handle,m=a.handle,v=b.handle,beta1_power=.9,beta2_power=.99,lr=.1,beta1=.9,beta2=.99,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v*v)),
    (lambda x,a,b,c:(R.ResourceApplyAdamWithAmsgrad(var=x.handle,m=a.handle,v=b.handle,vhat=c.handle,beta1_power=.9,beta2_power=.99,lr=.1,beta1=.9,beta2=.99,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value(),c.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v*v),tf.Variable(v*v)),
    (lambda x,a,b,c:(R.ResourceApplyCenteredRMSProp(var=x.handle,mg=a.handle,ms=b.handle,mom=c.handle,lr=.1,rho=.9,momentum=.5,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value(),c.read_value())[1:])(tf.Variable(v),tf.Variable(v*0),tf.Variable(v*v),tf.Variable(v*v)),
    (lambda x,a,b:(R.ResourceApplyFtrl(var=x.handle,accum=a.handle,linear=b.handle,grad=v,lr=.1,l1=.01,l2=.02,lr_power=-.5),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v)),
    (lambda x,a,b:(R.ResourceApplyFtrlV2(var=x.handle,accum=a.handle,linear=b.handle,grad=v,lr=.1,l1=.01,l2=.02,l2_shrinkage=.03,lr_power=-.5),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v)),
    (lambda x,a:(R.ResourceApplyAddSign(var=x.handle,m=a.handle,lr=.1,alpha=1.,sign_decay=.9,beta=.9,grad=v),x.read_value(),a.read_value())[1:])(tf.Variable(v),tf.Variable(v*v)),
    (lambda x,a:(R.ResourceApplyPowerSign(var=x.handle,m=a.handle,lr=.1,logbase=1.,sign_decay=.9,beta=.9,grad=v),x.read_value(),a.read_value())[1:])(tf.Variable(v),tf.Variable(v*v)),
    (lambda x:(R.ResourceApplyProximalGradientDescent(var=x.handle,alpha=.1,l1=.1,l2=.2,delta=v),x.read_value())[1])(tf.Variable(v)),
]""",
    "ResourceApplyProximalAdagrad_and_more": PRELUDE
    + """
[
    (lambda x,a:(R.ResourceApplyProximalAdagrad(var=x.handle,accum=a.handle,lr=.1,l1=.1,l2=.2,grad=v),x.read_value(),a.read_value())[1:])(tf.Variable(v),tf.Variable(v*v)),
    (lambda x,a,b:(R.ResourceApplyAdagradDA(var=x.handle,gradient_accumulator=a.handle,gradient_squared_accumulator=b.handle,grad=v,lr=.1,l1=.1,l2=.2,global_step=tf.constant(3,tf.int64)),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v),tf.Variable(v*v)),
    (lambda x,a:(R.ResourceSparseApplyAdagrad(var=x.handle,accum=a.handle,lr=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1)),
    (lambda x,a:(R.ResourceSparseApplyAdagradV2(var=x.handle,accum=a.handle,lr=.1,epsilon=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1)),
    (lambda x,a,b:(R.ResourceSparseApplyAdadelta(var=x.handle,accum=a.handle,accum_update=b.handle,lr=.1,rho=.9,epsilon=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1),tf.Variable(m*m+1)),
    (lambda x,a,b:(R.ResourceSparseApplyFtrl(var=x.handle,accum=a.handle,linear=b.handle,grad=f,indices=[0,2],lr=.1,l1=.01,l2=.02,lr_power=-.5),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1),tf.Variable(m*m+1)),
    (lambda x,a,b:(R.ResourceSparseApplyFtrlV2(var=x.handle,accum=a.handle,linear=b.handle,grad=f,indices=[0,2],lr=.1,l1=.01,l2=.02,l2_shrinkage=.1,lr_power=-.5),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1),tf.Variable(m*m+1)),
    (lambda x,a:(R.ResourceSparseApplyMomentum(var=x.handle,accum=a.handle,lr=.1,grad=f,indices=[0,2],momentum=.9,use_nesterov=True),x.read_value(),a.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1)),
]""",
    "ResourceSparseApplyKerasMomentum_and_more": PRELUDE
    + """
[
    (lambda x,a:(R.ResourceSparseApplyKerasMomentum(var=x.handle,accum=a.handle,lr=.1,grad=f,indices=[0,2],momentum=.9,use_nesterov=True),x.read_value(),a.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1)),
    (lambda x,a,b:(R.ResourceSparseApplyRMSProp(var=x.handle,ms=a.handle,mom=b.handle,lr=.1,rho=.9,momentum=.5,epsilon=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1),tf.Variable(m*m+1)),
    (lambda x,a,b,c:(R.ResourceSparseApplyCenteredRMSProp(var=x.handle,mg=a.handle,ms=b.handle,mom=c.handle,lr=.1,rho=.9,momentum=.5,epsilon=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(m),tf.Variable(m*0),tf.Variable(m*m+1),tf.Variable(m)),
    (lambda x,a:(R.ResourceSparseApplyProximalAdagrad(var=x.handle,accum=a.handle,lr=.1,l1=.1,l2=.1,grad=f,indices=[0,2]),x.read_value(),a.read_value())[1:])(tf.Variable(m),tf.Variable(m*m+1)),
    (lambda x:(R.ResourceSparseApplyProximalGradientDescent(var=x.handle,alpha=.1,l1=.1,l2=.2,grad=f,indices=[0,2]),x.read_value())[1])(tf.Variable(m)),
    (lambda x,a,b:(R.ResourceApplyRMSProp(var=x.handle,ms=a.handle,mom=b.handle,lr=.1,rho=.9,momentum=.5,epsilon=1e-6,grad=v),x.read_value(),a.read_value(),b.read_value())[1:])(tf.Variable(v),tf.Variable(v*v),tf.Variable(v*v)),
    (lambda x,a:(R.ResourceApplyMomentum(var=x.handle,accum=a.handle,lr=.1,grad=v,momentum=.9,use_nesterov=True),x.read_value(),a.read_value())[1:])(tf.Variable(v),tf.Variable(v*v)),
]""",
}
