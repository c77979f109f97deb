using Standstill.Audit;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Cli.Tests;

internal static class LibraryExample
{
    /// <summary>Audits a copy of a ledger, then says who is bound by what, and since which entry.</summary>
    public static async Task<IReadOnlyList<string>> WhoIsBoundAsync(string directory, string logKey)
    {
        if (!NoteVerifierKey.TryParse(logKey, out var key, out var error))
        {
            throw new ArgumentException(error, nameof(logKey));
        }

        var report = await Auditor.RunAsync(new AuditSource.Files(directory), key);
        if (report.Fault is { } fault)
        {
            throw new InvalidDataException($"the ledger does not pass its audit: {fault}");
        }

        return
        [
            .. from pact in report.World!.Pacts.Values
               from member in pact.Members.Values
               where member.IsBound
               select $"{member.Commitment.Party} is bound by {pact.Id} since entry {member.Standing.Since.Entry}",
        ];
    }

    /// <summary>Solves two conditional commitments without a ledger.</summary>
    public static Coalition TwoLabs()
    {
        var (ash, birch) = (new PartyId("sample-ash"), new PartyId("sample-birch"));
        return Coalition.Largest(
            [
                new Commitment(ash, Condition.Parse("all of sample-birch").OrThrow(), new EntryIndex(0)),
                new Commitment(birch, Condition.Parse("all of sample-ash").OrThrow(), new EntryIndex(1)),
            ],
            ComputeShares.None);
    }
}
