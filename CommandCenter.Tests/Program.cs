using Xunit.Runner.InProc.SystemConsole;

// One executable, two uses: the tests (what `dotnet test` starts), and the benchmarks (`-- bench [name …]`).
return await ConsoleRunner.Run(args);
