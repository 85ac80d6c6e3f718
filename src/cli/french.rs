//! The help in French, and what is said of arguments that cannot be read. The English help is the doc comments of the arguments; a
//! test holds that each has its French text here.

use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// What each command and argument says, by the path of the command and the name of the argument.
const TEXTS: &[(&str, &str)] = &[
    ("recueil", "Vérifie un dossier de chartes et de rapports selon ses propres règles, et en fait un site."),
    ("recueil --lang", "Langue des messages [par défaut : celle du livre]."),
    ("recueil --color", "Quand utiliser des couleurs."),
    ("recueil --lang fr", "français"),
    ("recueil --lang en", "anglais"),
    ("recueil --color auto", "dans un terminal, sauf si `NO_COLOR` est défini"),
    ("recueil --color always", "toujours"),
    ("recueil --color never", "jamais"),
    ("recueil --quiet", "Ne dire que les constats et les échecs."),
    ("recueil --verbose", "Dire le temps que le travail a pris."),
    ("recueil build", "Vérifie le livre et fait son site."),
    ("recueil build --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil build --dest-dir", "Où écrire le site [par défaut : `build-dir` de book.toml, sinon public]."),
    (
        "recueil build --base-url",
        "Adresse où sera le site [par défaut : `base-url` de book.toml] ; le plan du site pour les robots en a besoin.",
    ),
    ("recueil build --timings", "Dire ce que chaque partie du travail a pris."),
    ("recueil build --format", "Comment écrire les constats."),
    ("recueil build --format human", "pour une personne, avec la ligne fautive, sur la sortie d’erreur"),
    ("recueil build --format short", "un constat par ligne, sur la sortie standard"),
    ("recueil build --format json", "pour un programme, sur la sortie standard"),
    ("recueil build --format github", "annotations d’un workflow GitHub, sur la sortie standard"),
    ("recueil build --format gitlab", "rapport de qualité d’une demande de fusion GitLab, sur la sortie standard"),
    ("recueil check", "Vérifie le livre, sans rien écrire."),
    ("recueil check --dir", "Dossier du livre, celui qui contient book.toml."),
    ("recueil check --rule", "Ne montrer que les constats de ce code : celui d’une règle ou d’une vérification."),
    (
        "recueil check --simulate",
        "Confronter tout le livre, passé compris, à la règle, comme si elle avait toujours été en vigueur ; ne fait rien échouer.",
    ),
    ("recueil check --format", "Comment écrire les constats."),
    ("recueil check --format human", "pour une personne, avec la ligne fautive, sur la sortie d’erreur"),
    ("recueil check --format short", "un constat par ligne, sur la sortie standard"),
    ("recueil check --format json", "pour un programme, sur la sortie standard"),
    ("recueil check --format github", "annotations d’un workflow GitHub, sur la sortie standard"),
    ("recueil check --format gitlab", "rapport de qualité d’une demande de fusion GitLab, sur la sortie standard"),
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
    ("recueil search --format human", "pour une personne"),
    ("recueil search --format short", "un résultat par ligne : adresse et titre"),
    ("recueil search --format json", "pour un programme"),
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
    command = command.mut_args(|argument| {
        let key = format!("{path} --{}", argument.get_id().as_str().replace('_', "-"));
        match help(&argument, &key) {
            Some(text) if argument.get_action().takes_values() => {
                argument.help(text).hide_possible_values(true).hide_default_value(true)
            }
            Some(text) => argument.help(text),
            None => argument,
        }
    });
    let below: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in below {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |inner| at(inner, &path));
    }
    if path == "recueil" {
        let version =
            Arg::new("version").short('V').long("version").action(ArgAction::Version).help("Afficher la version.");
        command = command.disable_version_flag(true).arg(version);
    }
    command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Afficher cette aide."))
        .subcommand_help_heading("Commandes")
        .subcommand_value_name("COMMANDE")
        .help_template("{about-with-newline}\nUtilisation : {usage}\n\n{all-args}")
}

/// What an argument says: its text, its values with what each means, and its usual value.
fn help(argument: &Arg, key: &str) -> Option<String> {
    let mut help = text(key)?.to_owned();
    if argument.get_action().takes_values() {
        for value in argument.get_possible_values() {
            let name = value.get_name();
            let meaning = text(&format!("{key} {name}")).unwrap_or_default();
            let _ = write!(help, "\n- {name} : {meaning}");
        }
        for usual in argument.get_default_values() {
            let _ = write!(help, "\n[par défaut : {}]", usual.to_string_lossy());
        }
    }
    Some(help)
}

/// Says in French why the arguments cannot be read; nothing when it is not a fault but a request for help or the version.
pub(super) fn explain(error: &clap::Error) -> Option<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let problem = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("la commande `{}` n’existe pas", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("l’argument `{argument}` n’existe pas ici"),
        ErrorKind::InvalidValue if value.is_empty() => format!("il manque une valeur à `{argument}`"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("`{argument}` n’accepte pas `{value}`"),
        ErrorKind::MissingRequiredArgument => format!("il manque `{argument}`"),
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` ne va pas avec `{}`", context(ContextKind::PriorArg))
        }
        _ => return None,
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].map(context);
    let values = context(ContextKind::ValidValue);
    let hint = match near.into_iter().find(|near| !near.is_empty()) {
        Some(near) => format!(" ; vouliez-vous dire `{near}` ?"),
        None if !values.is_empty() => format!(" ; valeurs possibles : {values}"),
        None => String::new(),
    };
    Some(format!("échec : {problem}{hint}\n`recueil --help` dit tout ce que l’on peut écrire"))
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
            let arguments = command.get_arguments().filter(|argument| !argument.is_global_set() || path == "recueil");
            let keys = arguments.flat_map(|argument| {
                let key = format!("{path} --{}", argument.get_id().as_str().replace('_', "-"));
                let values =
                    argument.get_possible_values().into_iter().filter(|_| argument.get_action().takes_values());
                let values: Vec<String> = values.map(|value| format!("{key} {}", value.get_name())).collect();
                values.into_iter().chain([key])
            });
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
