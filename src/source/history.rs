use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;

use super::commit;

/// The day of the last commit of each file, by its path below the folder of the repository. Empty where the folder is no repository,
/// where git is not there to be asked, and where only the last commits were fetched: then every file would seem to be of their day.
pub(super) fn last_changes(root: &Path) -> HashMap<String, Date> {
    if !is_whole(root) {
        return HashMap::new();
    }
    let asked = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "core.quotePath=false", "log", "--no-renames", "--name-only", "--format=%x01%cs"])
        // What a partial clone lacks is not fetched: nothing here goes to the network.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env_remove("GIT_DIR")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match asked {
        Ok(answer) if answer.status.success() => read(&String::from_utf8_lossy(&answer.stdout)),
        _ => HashMap::new(),
    }
}

/// Whether the folder is that of a repository with its whole history.
pub(super) fn is_whole(root: &Path) -> bool {
    commit::common_folder(root).is_some_and(|git| !git.join("shallow").exists())
}

/// Reads the log: the day of each commit, the latest first, and the files that it changed.
fn read(log: &str) -> HashMap<String, Date> {
    let mut days = HashMap::new();
    for commit in log.split('\u{1}') {
        let mut lines = commit.lines();
        let Some(day) = lines.next().and_then(|day| day.parse::<Date>().ok()) else { continue };
        for path in lines.filter(|line| !line.is_empty()) {
            days.entry(path.to_owned()).or_insert(day);
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_the_day_of_its_last_commit() {
        let days = read(
            "\u{1}2026-05-02\n\ncontent/été.md\n\u{1}2026-04-01\n\ncontent/a.md\ncontent/été.md\n\u{1}broken\n\nb.md\n",
        );
        let day = |path: &str| days.get(path).map(ToString::to_string);
        assert_eq!(day("content/été.md").as_deref(), Some("2026-05-02"));
        assert_eq!(day("content/a.md").as_deref(), Some("2026-04-01"));
        assert_eq!(day("b.md"), None);
    }

    #[test]
    fn a_folder_without_a_repository_has_no_history() {
        let folder = tempfile::tempdir().unwrap();
        assert!(last_changes(folder.path()).is_empty());
    }

    #[test]
    fn git_is_asked_for_the_days() {
        let folder = tempfile::tempdir().unwrap();
        let git = |arguments: &[&str], day: &str| {
            let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
            let day = format!("{day}T12:00:00Z");
            let run = Command::new("git")
                .arg("-C")
                .arg(folder.path())
                .args(identity)
                .args(arguments)
                .env("GIT_COMMITTER_DATE", day)
                .output();
            assert!(run.unwrap().status.success(), "git {arguments:?}");
        };
        let write = |name: &str, text: &str| {
            let mut file = std::fs::File::create(folder.path().join(name)).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        };
        git(&["init", "-q"], "2026-01-01");
        write("a.md", "one");
        write("b.md", "one");
        git(&["add", "."], "2026-01-01");
        git(&["commit", "-qm", "one"], "2026-01-01");
        write("b.md", "two");
        git(&["commit", "-qam", "two"], "2026-03-04");
        let days = last_changes(folder.path());
        assert_eq!(
            (days["a.md"].to_string(), days["b.md"].to_string()),
            ("2026-01-01".to_owned(), "2026-03-04".to_owned())
        );
        write(".git/shallow", "");
        assert!(last_changes(folder.path()).is_empty(), "only the last commits were fetched");
    }
}
