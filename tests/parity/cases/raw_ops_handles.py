"""Cases of tf.raw_ops: tensor arrays, maps, stacks, queues, variables without a value, checkpoint files, sound."""

import pathlib
import runpy

PRELUDE = runpy.run_path(str(pathlib.Path(__file__).with_name("_raw_ops.py")))["PRELUDE"]

CASES = {
    "TensorStridedSliceUpdate_and_more": PRELUDE
    + """
[
    R.TensorStridedSliceUpdate(input=v,begin=[1],end=[3],strides=[1],value=[9.,8.]),
    R.AudioSpectrogram(input=tf.reshape(tf.sin(tf.range(16.)),[16,1]),window_size=4,stride=2),
    R.AudioSpectrogram(input=tf.reshape(tf.sin(tf.range(16.)),[16,1]),window_size=4,stride=2,magnitude_squared=True),
    R.TensorMapSize(input_handle=R.TensorMapInsert(input_handle=R.EmptyTensorMap(),key=1,value=2.)),
    R.TensorMapLookup(input_handle=R.TensorMapInsert(input_handle=R.EmptyTensorMap(),key=1,value=2.),key=1,value_dtype=tf.float32),
    R.TensorMapHasKey(input_handle=R.TensorMapInsert(input_handle=R.EmptyTensorMap(),key=1,value=2.),key=3),
    R.TensorMapSize(input_handle=R.TensorMapErase(input_handle=R.TensorMapInsert(input_handle=R.EmptyTensorMap(),key=1,value=2.),key=1,value_dtype=tf.float32)),
    R.TensorMapStackKeys(input_handle=R.TensorMapInsert(input_handle=R.EmptyTensorMap(),key=1,value=2.),key_dtype=tf.int32),
]""",
    "TensorArrayReadV3_and_more": PRELUDE
    + """
[
    (lambda t:(lambda w:R.TensorArrayReadV3(handle=t.handle,index=0,flow_in=w,dtype=tf.float32))(R.TensorArrayWriteV3(handle=t.handle,index=0,value=5.,flow_in=t.flow)))(R.TensorArrayV3(size=3,dtype=tf.float32)),
    (lambda t:R.TensorArraySizeV3(handle=t.handle,flow_in=t.flow))(R.TensorArrayV3(size=3,dtype=tf.float32)),
    (lambda t:(lambda w:R.TensorArrayGatherV3(handle=t.handle,indices=[1,0],flow_in=w,dtype=tf.float32))(R.TensorArrayScatterV3(handle=t.handle,indices=[0,1],value=f,flow_in=t.flow)))(R.TensorArrayV3(size=2,dtype=tf.float32)),
    (lambda t:(lambda w:R.TensorArrayConcatV3(handle=t.handle,flow_in=w,dtype=tf.float32))(R.TensorArraySplitV3(handle=t.handle,value=v,lengths=tf.constant([1,3],tf.int64),flow_in=t.flow)))(R.TensorArrayV3(size=2,dtype=tf.float32)),
    (lambda h:(R.AssignVariableOp(resource=h,value=5.),R.ReadVariableOp(resource=h,dtype=tf.float32))[1])(R.VarHandleOp(dtype=tf.float32,shape=[])),
    R.VarIsInitializedOp(resource=R.VarHandleOp(dtype=tf.float32,shape=[],shared_name="zz")),
    (lambda x:(R.ResourceStridedSliceAssign(ref=x.handle,begin=[1],end=[3],strides=[1],value=[7.,8.]),x.read_value())[1])(tf.Variable(v)),
    (R.SaveV2(prefix="ck",tensor_names=["a"],shape_and_slices=[""],tensors=[v]),R.RestoreV2(prefix="ck",tensor_names=["a"],shape_and_slices=[""],dtypes=[tf.float32]))[1],
]""",
    "StackPopV2_and_more": PRELUDE
    + """
[
    R.StackPopV2(handle=(lambda s:(R.StackPushV2(handle=s,elem=5.),s)[1])(R.StackV2(max_size=3,elem_type=tf.float32)),elem_type=tf.float32),
    (lambda q:(R.QueueEnqueueV2(handle=q,components=[v]),R.QueueDequeueV2(handle=q,component_types=[tf.float32]))[1])(R.FIFOQueueV2(component_types=[tf.float32])),
    (lambda q:(R.QueueEnqueueManyV2(handle=q,components=[v]),R.QueueSizeV2(handle=q))[1])(R.FIFOQueueV2(component_types=[tf.float32])),
]""",
}
