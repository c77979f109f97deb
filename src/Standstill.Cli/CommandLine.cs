using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Net.Sockets;
using System.Text.Json;
using Standstill.Cli.Commands;
using Standstill.Ledger;

namespace Standstill.Cli;

/// <summary>Exit statuses: what a script can rely on.</summary>
internal static class Exit
{
    /// <summary>Done, good, or met.</summary>
    public const int Good = 0;

    /// <summary>Refused, wrong, or not met.</summary>
    public const int Refused = 1;

    /// <summary>The command line or an input file cannot be read.</summary>
    public const int Usage = 2;
}

/// <summary>An error for the person at the terminal: what, where, and what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The `standstill` command.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Standstill: commitments to pause that bind only when the others' pauses can be verified")
        {
            UpCommand.Make(),
            DemoCommand.Make(),
            KeygenCommand.Make(),
            SignCommand.Make(),
            SubmitCommand.Make(),
            ReceiptCommand.Make(),
            AuditCommand.Make(),
            WorldCommand.Make(),
            TriggerCommand.Make(),
            PactCommand.Make(),
            ConfidentialCommand.Make(),
            TypesCommand.Make(),
            CompletionsCommand.Make(),
        };
        var details = new Dictionary<Command, string>();
        TakeDetails(root, details);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithDetails((HelpAction)help.Action!, details);
        var parsed = root.Parse(args);
        try
        {
            var status = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Action is ParseErrorAction ? Exit.Usage : status;
        }
        catch (UsageException e)
        {
            return Fail(e.Message, Exit.Usage);
        }
        catch (OperationCanceledException)
        {
            return Fail("stopped", Exit.Refused);
        }
        catch (HttpRequestException e)
        {
            return Fail($"the node did not answer: {Lower(e.Message)}; check the address and that `standstill up` runs", Exit.Refused);
        }
        catch (JsonException)
        {
            return Fail("the server does not answer as a Standstill node does; check the address", Exit.Refused);
        }
        catch (LedgerFaultException e)
        {
            return Fail(e.Message, Exit.Refused);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(Lower(e.Message), Exit.Refused);
        }
    }

    /// <summary>Parts the first paragraph of each description, which lists show, from the rest, which the command's own help adds.</summary>
    private static void TakeDetails(Command command, Dictionary<Command, string> details)
    {
        var parts = (command.Description ?? "").ReplaceLineEndings("\n").Split("\n\n", 2);
        command.Description = parts[0].Replace('\n', ' ');
        if (parts.Length > 1)
        {
            details.Add(command, parts[1]);
        }

        foreach (var below in command.Subcommands)
        {
            TakeDetails(below, details);
        }
    }

    /// <summary>The usual help, and after it what else there is to say and the examples.</summary>
    private sealed class HelpWithDetails(HelpAction usual, Dictionary<Command, string> details) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var status = usual.Invoke(parseResult);
            if (details.TryGetValue(parseResult.CommandResult.Command, out var more))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(more + "\n");
            }

            return status;
        }
    }

    private static string Lower(string message) =>
        message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1])
            ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.')
            : message.TrimEnd('.');

    private static int Fail(string message, int status)
    {
        Console.Error.WriteLine("standstill: " + message);
        return status;
    }
}
