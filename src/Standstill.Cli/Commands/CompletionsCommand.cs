using System.CommandLine;

namespace Standstill.Cli.Commands;

/// <summary>`standstill completions`: a script that makes a shell complete the command.</summary>
internal static class CompletionsCommand
{
    private const string Bash = """
        _standstill() {
          local line="${COMP_LINE}" point="${COMP_POINT}"
          mapfile -t COMPREPLY < <(standstill "[suggest:${point}]" "${line}" 2>/dev/null)
        }
        complete -F _standstill standstill
        """;

    private const string Zsh = """
        _standstill() {
          local -a found
          found=("${(@f)$(standstill "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
        }
        compdef _standstill standstill
        """;

    private const string Fish = """
        complete -f -c standstill -a '(standstill "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Make()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completions", """
            Print a script that makes a shell complete this command

            Example:
              source <(standstill completions bash)
            """) { shell };
        command.SetAction(parsed =>
        {
            Output.Line(parsed.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash });
            return Exit.Good;
        });
        return command;
    }
}
