//! The documented limits of extensions.

use super::ai_tasks::{AiTask, AiTasks};
use super::extensions::Extension;
use crate::endpoint::RequestContext;
use crate::error::BuildError;

/// Checks what a request runs on a file. `field` is the field of the request.
pub(crate) fn check_extensions(
    cx: &RequestContext<'_>,
    field: &'static str,
    extensions: &[Extension],
) -> Result<(), BuildError> {
    extensions.iter().try_for_each(|extension| match extension {
        Extension::AiTasks(tasks) => check_tasks(cx, field, tasks),
        _ => Ok(()),
    })
}

fn check_tasks(
    cx: &RequestContext<'_>,
    field: &'static str,
    AiTasks { tasks, .. }: &AiTasks,
) -> Result<(), BuildError> {
    cx.ensure((1..=10).contains(&tasks.len()), field, "`ai-tasks` has 1 to 10 tasks")?;
    for task in tasks {
        let (instruction, values, most) = match task {
            AiTask::SelectTags(task) => {
                let values = task.vocabulary.as_ref().map(Vec::len);
                (&task.instruction, values, task.max_selections)
            }
            AiTask::SelectMetadata(task) => {
                let values = task.vocabulary.as_ref().map(Vec::len);
                (&task.instruction, values, task.max_selections)
            }
            AiTask::YesNo(task) => (&task.instruction, None, None),
            AiTask::Other(_) => continue,
        };
        let fits = (1..=2_000).contains(&instruction.chars().count());
        cx.ensure(fits, field, "the instruction of a task has 1 to 2000 characters")?;
        let fits = values.is_none_or(|values| (1..=30).contains(&values));
        cx.ensure(fits, field, "the vocabulary of a task has 1 to 30 values")?;
        cx.ensure(most != Some(0), field, "`max_selections` of a task is 1 at least")?;
    }
    Ok(())
}
