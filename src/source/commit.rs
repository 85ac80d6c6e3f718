use std::path::{Path, PathBuf};

use super::snapshot::read;

/// The commit that is checked out in a git repository whose folder this is; none where there is none, or where it is kept in a way that
/// is not known here. Git itself is not asked: it need not be there. A few small files tell, whatever the history weighs.
pub(super) fn checked_out(root: &Path) -> Option<String> {
    let git = git_folder(root)?;
    let head = text(&git.join("HEAD"))?;
    let Some(reference) = head.strip_prefix("ref: ") else { return hash(&head) };
    if reference.split('/').any(|part| part.is_empty() || part == "..") {
        return None;
    }
    let common = common_folder(root)?;
    let loose = [&git, &common].into_iter().find_map(|folder| text(&folder.join(reference)));
    loose.and_then(|loose| hash(&loose)).or_else(|| {
        let packed = text(&common.join("packed-refs"))?;
        let of = |line: &str| line.split_once(' ').filter(|(_, name)| *name == reference).map(|(id, _)| id.to_owned());
        packed.lines().find_map(of).and_then(|id| hash(&id))
    })
}

/// The folder of what all worktrees of the repository have in common. A worktree has a head of its own, and branches with the others.
pub(super) fn common_folder(root: &Path) -> Option<PathBuf> {
    let git = git_folder(root)?;
    Some(text(&git.join("commondir")).map_or_else(|| git.clone(), |common| git.join(common)))
}

/// The folder of the repository: `.git`, or the one that a file of this name leads to.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let own = root.join(".git");
    if own.is_dir() {
        return Some(own);
    }
    text(&own)?.strip_prefix("gitdir: ").map(|path| root.join(path))
}

fn text(path: &Path) -> Option<String> {
    String::from_utf8(read(path).ok()?).ok().map(|text| text.trim().to_owned())
}

/// The id of a commit: 40 or 64 hexadecimal digits.
fn hash(text: &str) -> Option<String> {
    let well_formed = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    well_formed.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef01234567";

    fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::File::create(&path).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).unwrap();
        }
        folder
    }

    fn of(files: &[(&str, &str)]) -> Option<String> {
        checked_out(repository(files).path())
    }

    #[test]
    fn the_commit_is_found_wherever_git_keeps_it() {
        let id = Some(ID.to_owned());
        let line = format!("{ID}\n");
        let packed = format!("# pack-refs with: peeled\n{ID} refs/heads/main\n^{ID}\n");
        let on_main = (".git/HEAD", "ref: refs/heads/main\n");
        assert_eq!(of(&[(".git/HEAD", &line)]), id);
        assert_eq!(of(&[on_main, (".git/refs/heads/main", &line)]), id);
        assert_eq!(of(&[on_main, (".git/packed-refs", &packed)]), id);
        let worktree = [
            (".git", "gitdir: repo/worktrees/w\n"),
            ("repo/worktrees/w/HEAD", "ref: refs/heads/main\n"),
            ("repo/worktrees/w/commondir", "../..\n"),
            ("repo/packed-refs", &packed),
        ];
        assert_eq!(of(&worktree), id);
    }

    #[test]
    fn anything_else_is_no_commit() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(".git/HEAD", "ref: refs/heads/new\n")]), None);
        assert_eq!(of(&[(".git/HEAD", "ref: refs/../../secret\n"), ("secret", ID)]), None);
        assert_eq!(of(&[(".git/HEAD", "ref: refs/heads/main\n"), (".git/refs/heads/main", "not a hash\n")]), None);
    }
}
