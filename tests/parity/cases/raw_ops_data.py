"""Cases of tf.raw_ops: sparse and ragged tensors, strings, lists, tables, parsing."""

import pathlib
import runpy

PRELUDE = runpy.run_path(str(pathlib.Path(__file__).with_name("_raw_ops.py")))["PRELUDE"]

CASES = {
    "SparseAdd_and_more": PRELUDE
    + """
[
    R.SparseAdd(a_indices=sp.indices,a_values=sp.values,a_shape=sp.dense_shape,b_indices=sp2.indices,b_values=sp2.values,b_shape=sp2.dense_shape,thresh=0.),
    R.SparseConcat(indices=[sp.indices,sp2.indices],values=[sp.values,sp2.values],shapes=[sp.dense_shape,sp2.dense_shape],concat_dim=0),
    R.SparseConcat(indices=[sp.indices,sp2.indices],values=[sp.values,sp2.values],shapes=[sp.dense_shape,sp2.dense_shape],concat_dim=-1),
    R.SparseReshape(input_indices=sp.indices,input_shape=sp.dense_shape,new_shape=tf.constant([3,-1],tf.int64)),
    R.SparseSlice(indices=sp.indices,values=sp.values,shape=sp.dense_shape,start=tf.constant([0,1],tf.int64),size=tf.constant([2,2],tf.int64)),
    R.SparseSplit(split_dim=tf.constant(0,tf.int64),indices=sp.indices,values=sp.values,shape=sp.dense_shape,num_split=2),
    R.SparseReduceSum(input_indices=sp.indices,input_values=sp.values,input_shape=sp.dense_shape,reduction_axes=[0]),
    R.SparseReduceSum(input_indices=sp.indices,input_values=sp.values,input_shape=sp.dense_shape,reduction_axes=[1],keep_dims=True),
]""",
    "SparseReduceMax_and_more": PRELUDE
    + """
[
    R.SparseReduceMax(input_indices=sp.indices,input_values=sp.values,input_shape=sp.dense_shape,reduction_axes=[0]),
    R.SparseReduceSumSparse(input_indices=sp.indices,input_values=sp.values,input_shape=sp.dense_shape,reduction_axes=[0]),
    R.SparseReduceMaxSparse(input_indices=sp.indices,input_values=sp.values,input_shape=sp.dense_shape,reduction_axes=[0]),
    R.SparseSoftmax(sp_indices=sp.indices,sp_values=sp.values,sp_shape=sp.dense_shape),
    R.SparseFillEmptyRows(indices=sp.indices,values=sp.values,dense_shape=tf.constant([4,3],tf.int64),default_value=9.),
    R.SparseFillEmptyRowsGrad(reverse_index_map=tf.constant([0,2],tf.int64),grad_values=[1.,2.,3.]),
    R.SparseTensorDenseMatMul(a_indices=sp.indices,a_values=sp.values,a_shape=sp.dense_shape,b=m),
    R.SparseTensorDenseAdd(a_indices=sp.indices,a_values=sp.values,a_shape=sp.dense_shape,b=f),
]""",
    "SparseDenseCwiseAdd_and_more": PRELUDE
    + """
[
    R.SparseDenseCwiseAdd(sp_indices=sp.indices,sp_values=sp.values,sp_shape=sp.dense_shape,dense=f),
    R.SparseDenseCwiseMul(sp_indices=sp.indices,sp_values=sp.values,sp_shape=sp.dense_shape,dense=f),
    R.SparseDenseCwiseDiv(sp_indices=sp.indices,sp_values=sp.values,sp_shape=sp.dense_shape,dense=f),
    R.SparseSparseMaximum(a_indices=sp.indices,a_values=sp.values,a_shape=sp.dense_shape,b_indices=sp2.indices,b_values=sp2.values,b_shape=sp2.dense_shape),
    R.SparseSparseMinimum(a_indices=sp.indices,a_values=sp.values,a_shape=sp.dense_shape,b_indices=sp2.indices,b_values=sp2.values,b_shape=sp2.dense_shape),
    R.SparseToSparseSetOperation(set1_indices=spi.indices,set1_values=spi.values,set1_shape=spi.dense_shape,set2_indices=spi.indices,set2_values=spi.values,set2_shape=spi.dense_shape,set_operation='intersection'),
    R.DenseToDenseSetOperation(set1=[[1,2]],set2=[[2,3]],set_operation='union'),
    R.DenseToDenseSetOperation(set1=[[1,2]],set2=[[2,3]],set_operation='a-b'),
]""",
    "DenseToDenseSetOperation_and_more": PRELUDE
    + """
[
    R.DenseToDenseSetOperation(set1=[[1,2]],set2=[[2,3]],set_operation='b-a'),
    R.DenseToSparseSetOperation(set1=[[1,2,3],[1,2,3]],set2_indices=spi.indices,set2_values=spi.values,set2_shape=spi.dense_shape,set_operation='union'),
    R.SetSize(set_indices=spi.indices,set_values=spi.values,set_shape=spi.dense_shape),
    R.SparseBincount(indices=tf.constant([[0,0],[1,1]],tf.int64),values=[1,2],dense_shape=tf.constant([2,3],tf.int64),size=4,weights=[1.,2.]),
    R.RaggedBincount(splits=tf.constant([0,2,3],tf.int64),values=[1,2,1],size=4,weights=[1.,2.,3.]),
    R.DenseCountSparseOutput(values=[[1,2],[1,1]],weights=tf.constant([],tf.int64),binary_output=False),
    R.SparseCountSparseOutput(indices=tf.constant([[0,0],[1,1]],tf.int64),values=[1,2],dense_shape=tf.constant([2,3],tf.int64),weights=[1.,2.],binary_output=False),
    R.RaggedCountSparseOutput(splits=tf.constant([0,2,3],tf.int64),values=[1,2,1],weights=[1.,2.,3.],binary_output=False),
]""",
    "SparseSegmentSum_and_more": PRELUDE
    + """
[
    R.SparseSegmentSum(data=f,indices=[0,1],segment_ids=[0,0]),
    R.SparseSegmentMean(data=f,indices=[0,1],segment_ids=[0,1]),
    R.SparseSegmentSqrtN(data=f,indices=[0,1],segment_ids=[0,0]),
    R.SparseSegmentSumWithNumSegments(data=f,indices=[0,1],segment_ids=[0,2],num_segments=4),
    R.SparseSegmentMeanWithNumSegments(data=f,indices=[0,1],segment_ids=[0,2],num_segments=4),
    R.SparseSegmentSqrtNWithNumSegments(data=f,indices=[0,1],segment_ids=[0,2],num_segments=4),
    R.SerializeSparse(sparse_indices=sp.indices,sparse_values=sp.values,sparse_shape=sp.dense_shape).shape,
    R.SerializeManySparse(sparse_indices=sp.indices,sparse_values=sp.values,sparse_shape=sp.dense_shape).shape,
]""",
    "DeserializeManySparse_and_more": PRELUDE
    + """
[
    R.DeserializeManySparse(serialized_sparse=R.SerializeManySparse(sparse_indices=sp.indices,sparse_values=sp.values,sparse_shape=sp.dense_shape),dtype=tf.float32),
    R.DeserializeSparse(serialized_sparse=R.SerializeSparse(sparse_indices=sp.indices,sparse_values=sp.values,sparse_shape=sp.dense_shape),dtype=tf.float32),
    R.EditDistance(hypothesis_indices=tf.constant([[0,0]],tf.int64),hypothesis_values=["a"],hypothesis_shape=tf.constant([1,1],tf.int64),truth_indices=tf.constant([[0,0],[0,1]],tf.int64),truth_values=["a","b"],truth_shape=tf.constant([1,2],tf.int64)),
    R.StringSplitV2(input=vs,sep=" "),
    R.StringSplitV2(input=vs,sep=""),
    R.StringSplitV2(input=vs,sep=",",maxsplit=1),
    R.StringSplit(input=vs,delimiter=" "),
    R.StringSplit(input=["a  b"],delimiter=" ",skip_empty=False),
]""",
    "StringFormat_and_more": PRELUDE
    + """
[
    R.StringFormat(inputs=[f,1],template="%s and %s"),
    R.StringNGrams(data=["a","b","c"],data_splits=[0,3],separator="|",ngram_widths=[2],left_pad="",right_pad="",pad_width=0,preserve_short_sequences=False),
    R.UnicodeDecode(input=["aé"],input_encoding="UTF-8"),
    R.UnicodeDecodeWithOffsets(input=["aé"],input_encoding="UTF-8"),
    R.UnicodeEncode(input_values=[97,233],input_splits=tf.constant([0,2],tf.int64),output_encoding="UTF-8"),
    R.RegexFullMatch(input=vs,pattern="a.*"),
    R.StaticRegexFullMatch(input=vs,pattern="a.*"),
    R.RegexReplace(input=vs,pattern="a",rewrite="b"),
]""",
    "StaticRegexReplace_and_more": PRELUDE
    + """
[
    R.StaticRegexReplace(input=vs,pattern="a",rewrite="b"),
    R.UniqueV2(x=[1,2,1],axis=[0]),
    R.UniqueV2(x=[[1,2],[1,2],[3,4]],axis=[0]),
    R.UniqueV2(x=[[1,2],[1,2],[3,4]],axis=[0],out_idx=tf.int64),
    R.UniqueV2(x=[[1,1],[3,3]],axis=[1]),
    R.UniqueWithCountsV2(x=[1,2,1],axis=[0]),
    R.UniqueWithCountsV2(x=[[1,2],[1,2],[3,4]],axis=[0]),
    R.UniqueWithCountsV2(x=[1,2,1],axis=tf.constant([],tf.int32)),
]""",
    "DecodeCompressed_and_more": PRELUDE
    + """
[
    R.DecodeCompressed(bytes=["abc"]),
    R.DecodePaddedRaw(input_bytes=["abcd","ef"],fixed_length=4,out_type=tf.uint8),
    R.Bucketize(input=vi,boundaries=[1.,2.]),
    R.RaggedTensorToTensor(shape=tf.constant(-1,tf.int64),values=[1,2,3],default_value=0,row_partition_tensors=[tf.constant([0,2,3],tf.int64)],row_partition_types=['ROW_SPLITS']),
    R.RaggedTensorToTensor(shape=tf.constant([3,3],tf.int64),values=[1,2,3],default_value=0,row_partition_tensors=[tf.constant(2,tf.int64),tf.constant([0,0,1],tf.int64)],row_partition_types=['FIRST_DIM_SIZE','VALUE_ROWIDS']),
    R.RaggedGather(params_nested_splits=[tf.constant([0,2,3],tf.int64)],params_dense_values=[1,2,3],indices=[1,0],OUTPUT_RAGGED_RANK=1),
    R.RaggedRange(starts=[0,5],limits=[3,7],deltas=[1,1]),
    R.RaggedRange(starts=0.,limits=[3.,2.],deltas=1.,Tsplits=tf.int32),
]""",
    "RaggedTensorToSparse_and_more": PRELUDE
    + """
[
    R.RaggedTensorToSparse(rt_nested_splits=[tf.constant([0,2,3],tf.int64)],rt_dense_values=[1,2,3]),
    R.RaggedFillEmptyRows(value_rowids=tf.constant([0,0,2],tf.int64),values=[1,2,3],nrows=tf.constant(4,tf.int64),default_value=9),
    R.RaggedFillEmptyRowsGrad(reverse_index_map=tf.constant([0,2],tf.int64),grad_values=[1.,2.,3.]),
    R.RaggedCross(ragged_values=[tf.constant(["a","b"])],ragged_row_splits=[tf.constant([0,1,2],tf.int64)],sparse_indices=[],sparse_values=[],sparse_shape=[],dense_inputs=[tf.constant([["c"],["d"]])],input_order="RD",hashed_output=False,num_buckets=0,hash_key=0,out_values_type=tf.string,out_row_splits_type=tf.int64),
    R.SparseCrossV2(indices=[],values=[],shapes=[],dense_inputs=[tf.constant([["c"],["d"]]),tf.constant([["e"],["f"]])],sep="_X_"),
    R.DataFormatDimMap(x=[0,1,2,3]),
    R.DataFormatDimMap(x=[-1,1]),
    R.DataFormatDimMap(x=[0,1,2,3],src_format='NCHW',dst_format='NHWC'),
]""",
    "DataFormatVecPermute_and_more": PRELUDE
    + """
[
    R.DataFormatVecPermute(x=[1,2,3,4]),
    R.DataFormatVecPermute(x=[[1,2],[3,4]]),
    R.DataFormatVecPermute(x=[[1,2],[3,4],[5,6],[7,8]],src_format='NCHW',dst_format='NHWC'),
    R.ScatterNdNonAliasingAdd(input=v,indices=[[1],[1]],updates=[1.,2.]),
    R.ConcatOffset(concat_dim=0,shape=[[1,2],[3,2]]),
    R.ConcatOffset(concat_dim=1,shape=[[1,2],[1,3],[1,4]]),
    R.ParallelConcat(values=[[[1,2]],[[3,4]]],shape=[2,2]),
    R.BatchToSpace(input=tf.reshape(tf.range(4.),[4,1,1,1]),crops=[[0,0],[0,0]],block_size=2),
]""",
    "SpaceToBatch_and_more": PRELUDE
    + """
[
    R.SpaceToBatch(input=tf.reshape(tf.range(4.),[1,2,2,1]),paddings=[[0,0],[0,0]],block_size=2),
    R.DebugIdentityV2(input=v),
    R.DebugGradientIdentity(input=v),
    R.GuaranteeConst(input=v),
    R.LoopCond(input=True),
    R.ToBool(input=3),
    R.ToBool(input=""),
    R.ToBool(input=[]),
]""",
    "Print_and_more": PRELUDE
    + """
[
    R.Print(input=v,data=[v],message="m"),
    R.PrintV2(input="hello"),
    R.ControlTrigger(),
    R.ShardedFilename(basename="a",shard=1,num_shards=3),
    R.ShardedFilespec(basename="a",num_shards=3),
    R.TensorListLength(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3])),
    R.TensorListStack(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_shape=[-1],element_dtype=tf.float32,num_elements=2),
]""",
    "TensorListStack_and_more": PRELUDE
    + """
[
    R.TensorListStack(input_handle=R.TensorListReserve(element_shape=[2],num_elements=3,element_dtype=tf.float32),element_shape=[2],element_dtype=tf.float32),
    R.TensorListGetItem(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),index=1,element_shape=[3],element_dtype=tf.float32),
    R.TensorListGetItem(input_handle=R.TensorListReserve(element_shape=[2],num_elements=3,element_dtype=tf.float32),index=1,element_shape=[2],element_dtype=tf.float32),
    (lambda h:(R.TensorListSetItem(input_handle=h,index=1,item=[9.,9.,9.]),R.TensorListStack(input_handle=h,element_shape=[3],element_dtype=tf.float32))[1])(R.TensorListFromTensor(tensor=f,element_shape=[3])),
    R.TensorListStack(input_handle=R.TensorListSetItem(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),index=1,item=[9.,9.,9.]),element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListPushBack(input_handle=R.EmptyTensorList(element_shape=[3],max_num_elements=5,element_dtype=tf.float32),tensor=v[:3]),element_shape=[3],element_dtype=tf.float32),
    R.TensorListPopBack(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_shape=[3],element_dtype=tf.float32).tensor,
    R.TensorListLength(input_handle=R.TensorListPopBack(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_shape=[3],element_dtype=tf.float32).output_handle),
]""",
    "TensorListElementShape_and_more": PRELUDE
    + """
[
    R.TensorListElementShape(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),shape_type=tf.int32),
    R.TensorListConcatV2(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_shape=[3],leading_dims=tf.constant([],tf.int64),element_dtype=tf.float32),
    R.TensorListGather(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),indices=[1,0],element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListScatter(tensor=f,indices=[1,0],element_shape=[3]),element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListScatterV2(tensor=f,indices=[1,0],element_shape=[3],num_elements=3),element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListScatterIntoExistingList(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),tensor=f+1,indices=[1,0]),element_shape=[3],element_dtype=tf.float32),
    R.TensorListStack(input_handle=R.TensorListSplit(tensor=f,element_shape=[-1,3],lengths=tf.constant([1,1],tf.int64)),element_shape=[1,3],element_dtype=tf.float32),
    R.TensorListLength(input_handle=R.TensorListResize(input_handle=R.TensorListFromTensor(tensor=f,element_shape=[3]),size=5)),
]""",
    "TensorListLength_and_more": PRELUDE
    + """
[
    R.TensorListLength(input_handle=R.TensorListConcatLists(input_a=R.TensorListFromTensor(tensor=f,element_shape=[3]),input_b=R.TensorListFromTensor(tensor=f,element_shape=[3]),element_dtype=tf.float32)),
    (lambda t:R.LookupTableSizeV2(table_handle=t))(R.MutableHashTableV2(key_dtype=tf.string,value_dtype=tf.int64)),
    (lambda t:(R.LookupTableInsertV2(table_handle=t,keys=["a","b"],values=tf.constant([1,2],tf.int64)),R.LookupTableFindV2(table_handle=t,keys=["b","c"],default_value=tf.constant(-1,tf.int64)))[1])(R.MutableHashTableV2(key_dtype=tf.string,value_dtype=tf.int64)),
    (lambda t:(R.LookupTableInsertV2(table_handle=t,keys=["a","b"],values=tf.constant([1,2],tf.int64)),R.LookupTableRemoveV2(table_handle=t,keys=["b"]),R.LookupTableExportV2(table_handle=t,Tkeys=tf.string,Tvalues=tf.int64))[2])(R.MutableHashTableV2(key_dtype=tf.string,value_dtype=tf.int64)),
    (lambda t:(R.InitializeTableV2(table_handle=t,keys=["a","b"],values=tf.constant([1,2],tf.int64)),R.LookupTableFindV2(table_handle=t,keys=["b","c"],default_value=tf.constant(-1,tf.int64)))[1])(R.HashTableV2(key_dtype=tf.string,value_dtype=tf.int64)),
    (lambda t:(R.InitializeTableV2(table_handle=t,keys=["a","b"],values=tf.constant([1,2],tf.int64)),R.LookupTableFindV2(table_handle=t,keys=["b","c"],default_value=tf.constant(-1,tf.int64)))[1])(R.AnonymousHashTable(key_dtype=tf.string,value_dtype=tf.int64)),
    (lambda t:(R.LookupTableInsertV2(table_handle=t,keys=tf.constant([1,2],tf.int64),values=f),R.LookupTableFindV2(table_handle=t,keys=tf.constant([2,3],tf.int64),default_value=[0.,0.,0.]))[1])(R.MutableDenseHashTableV2(empty_key=tf.constant(0,tf.int64),deleted_key=tf.constant(-1,tf.int64),value_dtype=tf.float32,value_shape=[3])),
    (lambda t:(R.LookupTableInsertV2(table_handle=t,keys=tf.constant([1,2],tf.int64),values=f),R.LookupTableFindV2(table_handle=t,keys=tf.constant([2,3],tf.int64),default_value=[0.,0.,0.]))[1])(R.MutableHashTableOfTensorsV2(key_dtype=tf.int64,value_dtype=tf.float32,value_shape=[3])),
]""",
    "ParseExampleV2_and_more": PRELUDE
    + """
[
    R.ParseExampleV2(serialized=[tf.train.Example(features=tf.train.Features(feature={"a":tf.train.Feature(int64_list=tf.train.Int64List(value=[3]))})).SerializeToString()],names=[],sparse_keys=[],dense_keys=["a"],ragged_keys=[],dense_defaults=[tf.constant([],tf.int64)],num_sparse=0,sparse_types=[],ragged_value_types=[],ragged_split_types=[],dense_shapes=[[]]),
    R.ParseExample(serialized=[tf.train.Example(features=tf.train.Features(feature={"a":tf.train.Feature(int64_list=tf.train.Int64List(value=[3]))})).SerializeToString()],names=[],sparse_keys=["a"],dense_keys=["b"],dense_defaults=[[1.]],sparse_types=[tf.int64],dense_shapes=[[1]]),
    R.ParseSingleExample(serialized=tf.train.Example(features=tf.train.Features(feature={"a":tf.train.Feature(int64_list=tf.train.Int64List(value=[3]))})).SerializeToString(),dense_defaults=[[1.]],num_sparse=1,sparse_keys=["a"],dense_keys=["b"],sparse_types=[tf.int64],dense_shapes=[[1]]),
    (R.WriteFile(filename="f.txt",contents="hi"),R.ReadFile(filename="f.txt"))[1],
    R.OptionalHasValue(optional=R.OptionalFromValue(components=[v])),
    R.OptionalGetValue(optional=R.OptionalFromValue(components=[v]),output_types=[tf.float32],output_shapes=[[4]]),
    R.OptionalHasValue(optional=R.OptionalNone()),
    R.UnicodeScript(input=[65]),
]""",
    "TensorScatterAdd_and_more": PRELUDE
    + """
[
    R.TensorScatterAdd(tensor=v,indices=[[0]],updates=[1.]),
    R.LinSpace(start=0.,stop=1.,num=3),
    R.Roll(input=v,shift=1,axis=0),
    R.Where(condition=b),
    R.Unique(x=vi),
    R.UnravelIndex(indices=[5],dims=[2,3]),
    R.Range(start=0,limit=3,delta=1),
    R.Size(input=f),
]""",
    "Rank_and_more": PRELUDE
    + """
[
    R.Rank(input=f),
    R.Shape(input=f),
    R.ShapeN(input=[f,v]),
    R.Slice(input=f,begin=[0,1],size=[1,2]),
    R.SpaceToBatchND(input=tf.reshape(tf.range(4.),[1,2,2,1]),block_shape=[2,2],paddings=[[0,0],[0,0]]),
]""",
}
