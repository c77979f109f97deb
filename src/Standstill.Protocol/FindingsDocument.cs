using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol;

/// <summary>Findings as JSON.</summary>
public static class FindingsDocument
{
    /// <summary>The document.</summary>
    public static JsonObject Write(World world) => new()
    {
        ["asOf"] = UtcTime.Format(world.Now),
        ["size"] = world.Size,
        ["findings"] = WorldDocument.List(Findings.Of(world), f => new JsonObject
        {
            ["about"] = f.About,
            ["text"] = f.Text,
            ["since"] = WorldDocument.At(f.Since),
            ["changes"] = f.Changes,
            ["weight"] = Words.Of(f.Weight),
        }),
    };
}
