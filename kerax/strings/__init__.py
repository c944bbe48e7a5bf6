"""``tf.strings``: ops on tensors of byte strings."""

from kerax.strings.buckets import to_hash_bucket as to_hash_bucket
from kerax.strings.buckets import to_hash_bucket_fast as to_hash_bucket_fast
from kerax.strings.buckets import to_hash_bucket_strong as to_hash_bucket_strong
from kerax.strings.elements import length as length
from kerax.strings.elements import lower as lower
from kerax.strings.elements import strip as strip
from kerax.strings.elements import substr as substr
from kerax.strings.elements import upper as upper
from kerax.strings.formatting import format as format
from kerax.strings.joining import join as join
from kerax.strings.joining import reduce_join as reduce_join
from kerax.strings.joining import unsorted_segment_join as unsorted_segment_join
from kerax.strings.ngrams import ngrams as ngrams
from kerax.strings.numbers import as_string as as_string
from kerax.strings.numbers import to_number as to_number
from kerax.strings.regex import regex_full_match as regex_full_match
from kerax.strings.regex import regex_replace as regex_replace
from kerax.strings.scripts import unicode_script as unicode_script
from kerax.strings.splitting import bytes_split as bytes_split
from kerax.strings.splitting import split as split
from kerax.strings.unicode import unicode_decode as unicode_decode
from kerax.strings.unicode import unicode_decode_with_offsets as unicode_decode_with_offsets
from kerax.strings.unicode import unicode_encode as unicode_encode
from kerax.strings.unicode import unicode_split as unicode_split
from kerax.strings.unicode import unicode_split_with_offsets as unicode_split_with_offsets
from kerax.strings.unicode import unicode_transcode as unicode_transcode
