"""Files in an object store that speaks S3. Loaded only where the setting names one: it needs the part `proviso[s3]`."""

from boto3.s3.transfer import TransferConfig
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A bucket to which a file is sent in parts, one after the other: 8 MB in memory, not ten times that."""

    file_overwrite = False
    default_acl = None
    transfer_config = TransferConfig(use_threads=False)
    max_memory_size = 1_000_000  # more of a file than this lies in a temporary file, as sealed as in the bucket
