package io.crsql.host.nativ.build;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.IntegerConstantInstruction;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.NumericOperandType;
import org.teavm.runtime.RuntimeObject;

/**
 * Keeps the heap from ever being full to the last byte: TeaVM's collector takes it for granted that
 * it finds a free chunk and reads through a wild pointer if there is none. An object may use up the
 * last chunk exactly, and a heap that grows for an object grows by just its size, so that is no
 * rarity. Here the allocator asks for a chunk with room for one more header, which stays.
 */
final class AllocatorTransformer implements ClassHolderTransformer {
  private static final String COLLECTOR = "org.teavm.runtime.GC";

  /** The size of TeaVM's FreeChunk: two ints. */
  private static final int HEADER_BYTES = 8;

  private static final MethodDescriptor ALLOCATE =
      new MethodDescriptor(
          "alloc", ValueType.INTEGER, ValueType.object(RuntimeObject.class.getName()));

  private static final MethodDescriptor NEXT_CHUNK =
      new MethodDescriptor("getNextChunk", ValueType.INTEGER, ValueType.VOID);

  @Override
  public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
    if (!type.getName().equals(COLLECTOR)) {
      return;
    }
    MethodHolder allocate = type.getMethod(ALLOCATE);
    int changed = allocate == null ? 0 : transform(allocate.getProgram());
    if (changed != 1) {
      throw new IllegalStateException("TeaVM's allocator is not the known one");
    }
  }

  private static int transform(Program program) {
    int changed = 0;
    for (BasicBlock block : program.getBasicBlocks()) {
      for (Instruction i : block) {
        if (i instanceof InvokeInstruction
            && ((InvokeInstruction) i).getMethod().getDescriptor().equals(NEXT_CHUNK)) {
          askForMore(program, (InvokeInstruction) i);
          changed++;
        }
      }
    }
    return changed;
  }

  private static void askForMore(Program program, InvokeInstruction call) {
    Variable header = program.createVariable();
    IntegerConstantInstruction constant = new IntegerConstantInstruction();
    constant.setConstant(HEADER_BYTES);
    constant.setReceiver(header);
    constant.setLocation(call.getLocation());
    Variable sum = program.createVariable();
    BinaryInstruction add = new BinaryInstruction(BinaryOperation.ADD, NumericOperandType.INT);
    add.setFirstOperand(call.getArguments().get(0));
    add.setSecondOperand(header);
    add.setReceiver(sum);
    add.setLocation(call.getLocation());
    call.insertPrevious(constant);
    call.insertPrevious(add);
    call.setArguments(sum);
  }
}
