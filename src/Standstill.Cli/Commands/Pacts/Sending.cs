using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>The choice between writing a statement's body, to be signed later, and signing and sending it at once.</summary>
internal sealed record Sending(Option<string?> Body, Option<string?> Key, Option<string?> Party, Option<string> Node)
{
    public static Sending Make() => new(
        new Option<string?>("--body") { Description = "Where to write the body, for `standstill sign`; nothing is sent" },
        new Option<string?>("--key") { Description = "The private key's file: sign and send at once" },
        new Option<string?>("--party") { Description = "With --key: who says it" },
        Inputs.Node());

    public void AddTo(Command command)
    {
        command.Add(Body);
        command.Add(Key);
        command.Add(Party);
        command.Add(Node);
    }

    /// <summary>Writes the body, or signs and sends it; with neither option only the reading is shown.</summary>
    public async Task<int> DoneAsync(ParseResult parsed, string type, JsonObject body, CancellationToken cancellation, Option<string?>? sayer = null)
    {
        if (parsed.GetValue(Body) is { } path)
        {
            await File.WriteAllTextAsync(path, Output.Text(body) + "\n", cancellation);
            Output.Line($"written to `{path}`; sign it with `standstill sign {type} --body {path} --key KEY --party PARTY`");
            return Exit.Good;
        }

        if (parsed.GetValue(Key) is not { } key)
        {
            Output.Line("read and good; names are for the registry to check; nothing was written or sent");
            return Exit.Good;
        }

        var kind = PredicateType.FindName(type)!;
        var party = Inputs.ParseParty(parsed.GetValue(sayer ?? Party) ?? throw new UsageException($"--key needs {(sayer ?? Party).Name}: who says it"));
        using var signer = Inputs.ReadKey(key);
        var (registry, position) = await SignCommand.AskAsync(parsed.GetValue(Node)!, signer.PublicKey, kind, cancellation);
        var written = StatementWriter.Write(kind, registry, party, signer, position, TimeProvider.System.GetUtcNow(), JsonSerializer.SerializeToElement(body));
        if (!written.IsGood)
        {
            throw new RefusedException([.. written.Faults.Select(f => f.ToString())]);
        }

        using var http = new HttpClient { BaseAddress = Inputs.ParseUrl(parsed.GetValue(Node)!) };
        Output.Line(SubmitCommand.Text(await SubmitCommand.SendAsync(http, written.Value.Envelope.ToArray(), cancellation)));
        return Exit.Good;
    }
}
