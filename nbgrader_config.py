"""nbgrader, run in this project: for authors who want to see the notebooks as students and formgrader show them.

A course is better kept outside of the project: `grader nbgrader init DIR` writes its folder.
"""

from grader.notebook.autograde import configure

c = get_config()  # noqa: F821 - nbgrader gives it
c.CourseDirectory.course_id = "softmax_temperature"
for step in ("release", "submitted", "autograded", "feedback"):
    setattr(c.CourseDirectory, f"{step}_directory", f"build/nbgrader/{step}")
c.CourseDirectory.db_url = "sqlite:///build/nbgrader/gradebook.db"

configure(c)
