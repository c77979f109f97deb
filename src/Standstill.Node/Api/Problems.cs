using Microsoft.AspNetCore.Http.HttpResults;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Node.Api;

/// <summary>Refusals as problem details (RFC 9457): what, where, and what to do.</summary>
internal static class Problems
{
    public static ProblemHttpResult Refused(Outcome.Void why) => TypedResults.Problem(
        detail: string.Join("; ", why.Faults),
        statusCode: why.Reason == VoidReason.TooLarge ? 413 : 422,
        title: $"refused: {Words.Of(why.Reason).Replace('-', ' ')}",
        type: $"urn:standstill:problem:{Words.Of(why.Reason)}",
        extensions: Faults(why.Faults));

    public static ProblemHttpResult NoSuch(string what, string remedy) => TypedResults.Problem(
        detail: $"there is no {what}; {remedy}", statusCode: 404, title: "not found", type: "urn:standstill:problem:not-found");

    public static ProblemHttpResult BadQuery(string what, string remedy) => TypedResults.Problem(
        detail: $"{what}: {remedy}", statusCode: 400, title: "bad query", type: "urn:standstill:problem:bad-query");

    public static ProblemHttpResult BadQuery(string what, IEnumerable<Fault> faults) => TypedResults.Problem(
        detail: $"{what}: {string.Join("; ", faults)}", statusCode: 400, title: "bad query", type: "urn:standstill:problem:bad-query", extensions: Faults(faults));

    private static Dictionary<string, object?> Faults(IEnumerable<Fault> faults) => new()
    {
        ["faults"] = faults.Select(f => new { place = f.Place, message = f.Message, remedy = f.Remedy }).ToArray(),
    };
}
