using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Node.Api;

/// <summary>What became of a submitted statement.</summary>
/// <param name="Index">Its position in the ledger.</param>
/// <param name="Id">SHA-256 of the signed payload.</param>
/// <param name="Outcome">`effective`, or `void` for a type that this version does not know.</param>
/// <param name="Repeated">Whether it was on the ledger before.</param>
/// <param name="Receipt">A C2SP tlog-proof; keep it.</param>
public sealed record SubmissionAnswer(long Index, string Id, string Outcome, bool Repeated, string Receipt);

/// <summary>An entry, taken apart.</summary>
/// <param name="Index">Its position.</param>
/// <param name="Received">The operator's time of receipt, UTC.</param>
/// <param name="Outcome">`effective` or `void`.</param>
/// <param name="Reason">Why it is void.</param>
/// <param name="Id">The statement's id; null when it cannot be read.</param>
/// <param name="Party">Who says it.</param>
/// <param name="Type">The short name of its type, or the URI of one that is not known.</param>
/// <param name="Statement">The signed payload as JSON; null when it cannot be read.</param>
public sealed record EntryAnswer(
    long Index, DateTimeOffset? Received, string Outcome, string? Reason, string? Id, string? Party, string? Type, JsonElement? Statement);

/// <summary>Where a key's next statement must stand.</summary>
public sealed record KeyAnswer(string Key, string Party, ImmutableArray<string> Roles, bool Revoked, long Sequence, string? Previous, string Registry);

/// <summary>Submitting statements, and reading entries back.</summary>
internal static class StatementsApi
{
    private const int PageLimit = 256;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/statements", Submit)
            .WithName("submitStatement").WithTags("statements")
            .WithSummary("Submit a signed statement")
            .WithDescription("The body is a DSSE envelope. 201 with a receipt once the entry is durable; 200 with the same receipt when it was there already; 422 when the rules do not allow it.")
            .Accepts<JsonElement>("application/json", "application/vnd.dsse.envelope.v1+json")
            .Produces<SubmissionAnswer>(StatusCodes.Status201Created).Produces<SubmissionAnswer>()
            .ProducesProblem(422).ProducesProblem(413).ProducesProblem(503);
        routes.MapGet("/api/entries", List).WithName("listEntries").WithTags("entries").WithSummary("Entries in order, at most 256 a call");
        routes.MapGet("/api/entries/{index:long}", Read).WithName("readEntry").WithTags("entries").WithSummary("One entry, taken apart");
        routes.MapGet("/api/entries/{index:long}/raw", Raw).WithName("readEntryBytes").WithTags("entries").WithSummary("The exact bytes of an entry");
        routes.MapGet("/api/entries/{index:long}/receipt", Receipt).WithName("readReceipt").WithTags("entries").WithSummary("The receipt of an entry, a C2SP tlog-proof");
        routes.MapGet("/api/keys/{key}", Key).WithName("readKey").WithTags("statements").WithSummary("Where a key's next statement must stand");
    }

    private static async Task<IResult> Submit(HttpRequest request, Sequencer sequencer, NodeMetrics metrics, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var submission = await sequencer.SubmitAsync(body.ToArray(), cancellation);
        metrics.Count(submission);
        return submission switch
        {
            Submission.Logged logged => Logged(logged),
            Submission.Refused refused => Problems.Refused(refused.Why),
            Submission.Unavailable unavailable => TypedResults.Problem(unavailable.Why, statusCode: 503, title: "not now", type: "urn:standstill:problem:unavailable"),
            _ => throw new InvalidOperationException("not a kind of submission"),
        };
    }

    private static IResult Logged(Submission.Logged logged)
    {
        var answer = new SubmissionAnswer(
            logged.Index.Value, logged.Id.Hex, logged.Outcome is Outcome.Effective ? "effective" : "void", logged.Repeated, logged.Receipt.ToString());
        return logged.Repeated ? TypedResults.Ok(answer) : TypedResults.Created($"/api/entries/{logged.Index}", answer);
    }

    private static async Task<Results<Ok<List<EntryAnswer>>, ProblemHttpResult>> List(EntryBook book, [FromQuery] long from = 0, [FromQuery] int count = 50)
    {
        if (from < 0 || count is < 1 or > PageLimit)
        {
            return Problems.BadQuery($"`from` = {from}, `count` = {count}", $"use from ≥ 0 and count from 1 to {PageLimit}");
        }

        var entries = await book.ReadAsync(from, count);
        return TypedResults.Ok(entries.Select(Answer).ToList());
    }

    private static async Task<Results<Ok<EntryAnswer>, ProblemHttpResult>> Read(EntryBook book, long index) =>
        await book.ReadAsync(index) is { } entry ? TypedResults.Ok(Answer(entry)) : Problems.NoSuch($"entry {index}", "the ledger is not that long");

    private static async Task<IResult> Raw(EntryBook book, long index) =>
        await book.ReadAsync(index) is { } entry
            ? TypedResults.Bytes(entry.Bytes, "application/octet-stream", $"entry-{index}")
            : Problems.NoSuch($"entry {index}", "the ledger is not that long");

    private static async Task<IResult> Receipt(EntryBook book, long index) =>
        await book.ReceiptAsync(index) is { } receipt
            ? TypedResults.Text(receipt.ToString(), "text/plain; charset=utf-8", Encoding.UTF8)
            : Problems.NoSuch($"entry {index}", "the ledger is not that long");

    private static Results<Ok<KeyAnswer>, ProblemHttpResult> Key(Sequencer sequencer, string key)
    {
        var world = sequencer.Current.World;
        return PartyKey.TryParse(key, out var parsed) && world.Keys.TryGetValue(parsed, out var record)
            ? TypedResults.Ok(new KeyAnswer(
                key, record.Party.Value, [.. record.Roles.Select(Words.Of)], record.Revoked is not null,
                record.Next.Sequence, record.Next.Previous?.Hex, world.Registry!.Value.Hex))
            : Problems.NoSuch($"key `{key}`", "enrol the party first, or the key under its root key");
    }

    private static EntryAnswer Answer(EntryRecord entry) => new(
        entry.Index,
        entry.Reading.Received,
        entry.Outcome is Outcome.Effective ? "effective" : "void",
        entry.Outcome is Outcome.Void v ? $"{Words.Of(v.Reason)}: {v.Faults[0]}" : null,
        entry.Reading.Statement?.Id.Hex,
        entry.Reading.Statement?.Party.Value,
        entry.Reading.Statement is { } s ? s.Type?.Name ?? s.PredicateUri : null,
        entry.Payload);
}
