using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Cli.Commands;

/// <summary>`standstill receipt verify`: checks a receipt offline.</summary>
internal static class ReceiptCommand
{
    public static Command Make()
    {
        var receipt = new Argument<string>("receipt") { Description = "The receipt's file, a C2SP tlog-proof" };
        var entry = new Option<string>("--entry") { Description = "The entry's bytes, as `submit --receipt` kept them", Required = true };
        var key = new Option<string>("--key") { Description = "The log's verifier key, or a file that holds it", Required = true };
        var statement = new Option<string?>("--statement") { Description = "The envelope that was submitted: must be in the entry byte for byte" };
        var json = Inputs.Json();
        var verify = new Command("verify", """
            Check offline that an entry is in the ledger

            Example:
              standstill receipt verify lab.tlog-proof --entry lab.tlog-proof.entry --key log.vkey --statement lab.envelope
            """) { receipt, entry, key, statement, json };
        verify.SetAction(parsed =>
        {
            var error = Check(
                Inputs.Read(parsed.GetValue(receipt)!), Inputs.Read(parsed.GetValue(entry)!), Inputs.ParseLogKey(parsed.GetValue(key))!,
                parsed.GetValue(statement) is { } file ? Inputs.Read(file) : null, out var proof);
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["good"] = error is null, ["index"] = proof?.Index, ["origin"] = proof?.Checkpoint.Origin, ["error"] = error });
            }
            else if (error is null)
            {
                Output.Line($"good: entry {proof!.Index} of {proof.Checkpoint.Origin}");
            }
            else
            {
                Output.Error($"{parsed.GetValue(receipt)}: {error}");
            }

            return error is null ? Exit.Good : Exit.Refused;
        });
        return new Command("receipt", "Receipts of entries") { verify };
    }

    private static string? Check(byte[] receipt, byte[] entry, NoteVerifierKey key, byte[]? statement, out Receipt? proof)
    {
        if (!Receipt.TryParse(receipt, out proof, out var error) || !proof.Verify(entry, key, out error))
        {
            return error;
        }

        if (!Entry.TrySplit(entry, out _, out var envelope))
        {
            return "the entry does not begin with a time of receipt; this receipt is not of a Standstill ledger";
        }

        return statement is null || envelope.Span.SequenceEqual(statement)
            ? null
            : "the entry is in the ledger, but it holds another statement than the one given";
    }
}
