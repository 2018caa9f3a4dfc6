class Job:
    """Marks the beginning and the end of a run; there are no bookmarks."""

    def __init__(self, glue_context):
        self.glue_context = glue_context

    def init(self, job_name, args=None):
        self.job_name = job_name

    def commit(self):
        pass
