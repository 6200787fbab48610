"""What can be wrong with a file. Messages of refusals are for whoever chose the file; the others are for operators."""


class FileRefusedError(ValueError):
    """A file that is not accepted; the message says what is wrong, and `do` what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.do = do


class FileUnreadableError(Exception):
    """A stored file that cannot be read back."""


class ContentChangedError(FileUnreadableError):
    """The stored bytes are not those that were written: changed, cut off or exchanged."""


class KeyMissingError(FileUnreadableError):
    """The key that opens a file is not among those of the site; `key_id` says which is needed."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the file key `{key_id}` is missing: add it to PROVISO_FILE_KEYS, after the one in use")
        self.key_id = key_id


class KeyWrongError(FileUnreadableError):
    """There is a key of that name, and it is not the one with which the file was encrypted."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the file key `{key_id}` is not the one that the file was encrypted with: restore its secret")
        self.key_id = key_id
