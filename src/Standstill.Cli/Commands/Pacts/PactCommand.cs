using System.CommandLine;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact`: conditional commitments.</summary>
internal static class PactCommand
{
    public static Command Make() => new("pact", "Conditional commitments: write them, solve them, ask what would change, follow their life")
    {
        OpenCommand.Make(),
        CommitCommand.Make(),
        ReadyCommand.Make(),
        SolveCommand.Make(),
        ExplainCommand.Make(),
        WhatIfCommand.Make(),
        SimulateCommand.Make(),
        TimelineCommand.Make(),
        CounselCommand.Make(),
        TrusteeKeyCommand.Make(),
        RoundCommand.Make(),
        SealCommand.Make(),
        UnsealCommand.Make(),
    };
}
