//! The help in French. The English one is the doc comments of the arguments; a test holds that each has its French text here.

use clap::Command;

/// What each command and argument says, by the path of the command and the name of the argument.
const TEXTS: &[(&str, &str)] = &[
    ("recueil", "Vérifie un dossier de chartes et de rapports selon ses propres règles, et en fait un site."),
    ("recueil --lang", "Langue des messages [par défaut : celle du livre]."),
    ("recueil --color", "Quand utiliser des couleurs."),
    ("recueil --quiet", "Ne dire que les constats et les échecs."),
    ("recueil --verbose", "Dire le temps que le travail a pris."),
    ("recueil build", "Vérifie le livre et fait son site."),
    ("recueil build --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil build --dest-dir", "Où écrire le site [par défaut : `build-dir` de book.toml, sinon public]."),
    ("recueil build --format", "Comment écrire les constats."),
    ("recueil check", "Vérifie le livre, sans rien écrire."),
    ("recueil check --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil check --format", "Comment écrire les constats."),
    ("recueil explain", "Dit ce que signifie un code et quoi faire."),
    ("recueil explain --code", "Le code, tel qu’il est entre crochets dans un constat ; sans code, la liste de tous."),
    ("recueil explain --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil serve", "Fait le site, le montre sur cette machine et le refait à chaque changement."),
    ("recueil serve --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil serve --port", "Port à écouter [par défaut : `port` de book.toml, sinon 3000 ; 0 en choisit un libre]."),
    ("recueil serve --open", "Ouvrir le site dans le navigateur."),
    ("recueil search", "Cherche dans le livre comme le fait le site."),
    ("recueil search --query", "Ce que l’on cherche."),
    ("recueil search --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil search --limit", "Combien de résultats au plus."),
    ("recueil search --format", "Comment écrire les résultats."),
];

/// Gives a command and all below it their French help.
pub(super) fn translate(command: Command) -> Command {
    let name = command.get_name().to_owned();
    at(command, &name)
}

fn at(mut command: Command, path: &str) -> Command {
    if let Some(text) = text(path) {
        command = command.about(text);
    }
    let names: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for name in names {
        let key = format!("{path} --{}", name.replace('_', "-"));
        if let Some(text) = text(&key) {
            command = command.mut_arg(name, |argument| argument.help(text));
        }
    }
    let below: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in below {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |inner| at(inner, &path));
    }
    command
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help("Afficher cette aide."))
        .subcommand_help_heading("Commandes")
        .help_template("{about-with-newline}\n{usage-heading} {usage}\n\n{all-args}")
}

fn text(key: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_and_argument_speaks_french() {
        fn visit(command: &Command, path: &str, missing: &mut Vec<String>) {
            let keys = command.get_arguments().filter(|argument| !argument.is_global_set() || path == "recueil");
            let keys = keys.map(|argument| format!("{path} --{}", argument.get_id().as_str().replace('_', "-")));
            missing.extend(keys.chain([path.to_owned()]).filter(|key| text(key).is_none()));
            for inner in command.get_subcommands() {
                visit(inner, &format!("{path} {}", inner.get_name()), missing);
            }
        }
        let mut missing = Vec::new();
        visit(&super::super::args::Args::command(), "recueil", &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }
}
