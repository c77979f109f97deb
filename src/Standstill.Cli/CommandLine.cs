using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using System.Text.Json;
using Standstill.Cli.Commands;
using Standstill.Cli.Commands.Capability;
using Standstill.Cli.Commands.Compute;
using Standstill.Cli.Commands.Meters;
using Standstill.Cli.Commands.Pacts;
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

/// <summary>An input was read and refused: one line for each fault.</summary>
internal sealed class RefusedException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults => faults;
}

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
            CapabilityCommand.Make(),
            ComputeCommand.Make(),
            MeterCommand.Make(),
            ConfidentialCommand.Make(),
            TypesCommand.Make(),
            CompletionsCommand.Make(),
        };
        HelpPages.Apply(root);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            return Misread(parsed);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            return Fail(e.Message, Exit.Usage);
        }
        catch (RefusedException e)
        {
            foreach (var fault in e.Faults)
            {
                Output.Error(fault);
            }

            return Exit.Refused;
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

    /// <summary>Says what is wrong with the command line, and where help is.</summary>
    private static int Misread(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Output.Error(Lower(error.Message).Replace('\'', '`'));
        }

        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            names.Push(command.Parent is null ? "standstill" : command.Command.Name);
        }

        Console.Error.WriteLine($"see `{string.Join(' ', names)} --help`");
        return Exit.Usage;
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
