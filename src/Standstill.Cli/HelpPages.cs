using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Standstill.Cli;

/// <summary>Help in two lengths: a command's first paragraph stands in lists, and the rest, its examples, in its own help.</summary>
internal sealed class HelpPages : SynchronousCommandLineAction
{
    private readonly HelpAction usual;
    private readonly Dictionary<Command, string> details = [];

    private HelpPages(HelpAction usual) => this.usual = usual;

    public static void Apply(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().First();
        var pages = new HelpPages((HelpAction)option.Action!);
        pages.Cut(root);
        option.Action = pages;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var status = usual.Invoke(parseResult);
        if (details.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        }

        return status;
    }

    private void Cut(Command command)
    {
        var parts = (command.Description ?? "").ReplaceLineEndings("\n").Split("\n\n", 2);
        command.Description = parts[0].Replace('\n', ' ');
        if (parts.Length == 2)
        {
            details[command] = parts[1];
        }

        foreach (var inner in command.Subcommands)
        {
            Cut(inner);
        }
    }
}
